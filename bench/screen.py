"""How fast the coding screen starts and answers, beside a minimal Textual app in the same run.

Every subject runs on a pseudo-terminal of 80x24 as a user starts it, in turns, round by round, so
that a busy machine slows all alike. Compare the ratios of processor time; wall time and the
machine's name for it depend on who else is there.

    python bench/screen.py [--passages 100000] [--words 300] [--rounds 7] [--presses 40]
    python bench/screen.py --sizes 10 1000000

The passages have 300 words and the codebook is the full one of claims. With `--sizes`, projects of
these sizes take turns instead (their passages have some 70 words), to see that size does not tell.

start   from the process's start until the text is on the screen
key     processor time from a key until the screen is still, median
bytes   what one key sends to the terminal, median
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import generated
from terminal import Terminal

MINIMAL = """
import sys
if {database}:
    import sqlmodel
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    presses = 0
    def compose(self):
        yield Static("ready for keys", id="label")
    def on_key(self, event):
        self.presses += 1
        self.query_one("#label").update(f"ready for keys {{self.presses}} {{event.key}}")
Minimal().run()
"""


@dataclass
class Subject:
    """One program, the text that shows it is there, and groups of keys to press in it.

    A key after `~` is pressed but not counted: it brings back what the next one starts from.
    """

    name: str
    command: list[str]
    ready: str
    keys: dict[str, list[str]]
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    leave: str = "ctrl+q"
    start_ms: list[float] = field(default_factory=list)
    start_cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)
    key_cpu: dict[str, list[float]] = field(default_factory=dict)
    key_bytes: dict[str, list[int]] = field(default_factory=dict)


def run_once(subject: Subject, presses: int) -> None:
    """Start a subject, press its keys, and leave it."""
    env = {"PYTHONDONTWRITEBYTECODE": None, "COLUMNS": None, "LINES": None}
    with Terminal(subject.command, env=env) as terminal:
        terminal.wait_for(subject.ready, limit=120)
        subject.start_ms.append((time.perf_counter() - terminal.began) * 1000)
        subject.start_cpu.append(terminal.cpu_ms())
        # The work goes on behind the first screen; keys are timed when it is done.
        terminal.settle(quiet=1.5, limit=60)
        for key in subject.before:
            terminal.press(key)
            terminal.settle(quiet=0.1)
        for name, keys in subject.keys.items():
            for number in range(presses):
                key = keys[number % len(keys)]
                before = terminal.cpu_ms()
                terminal.press(key.removeprefix("~"))
                count = terminal.settle(quiet=0.06)
                if count and not key.startswith("~"):
                    subject.key_cpu.setdefault(name, []).append(terminal.cpu_ms() - before)
                    subject.key_bytes.setdefault(name, []).append(count)
        for key in subject.after:
            terminal.press(key)
            terminal.settle(quiet=0.1)
        subject.peak.append(terminal.peak_mib())


CLAIMS_KEYS = {
    "move by a word": ["right", "right", "right", "left"],
    "extend a mark by a word": ["~,", "~space", "right"],
    "apply a code, durable": ["k", "~U"],
    "undo": ["~k", "U"],
    "next question": ["tab", "shift+tab"],
    # Nothing of what is painted after it has been painted before.
    "apply the first code in a passage": ["~}", "~S", "~C", "k"],
}


def painted(name: str, path: Path) -> Subject:
    """The coding screen of a project, in a claim that stands on the first sentence."""
    command = [sys.executable, "-m", "annotator", "code", "--project", str(path), "--coder", "amal"]
    return Subject(name, command, "done ", CLAIMS_KEYS, before=["S", "C"], after=["Z"])


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--sizes", type=int, nargs="+", default=[])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--presses", type=int, default=40)
    args = parser.parse_args()
    os.environ.pop("CI", None)
    with tempfile.TemporaryDirectory() as folder:
        floors = [
            Subject(name, [sys.executable, "-c", MINIMAL.format(database=database)], "ready", keys)
            for name, database, keys in (
                ("minimal app", False, {"key": ["j", "k"]}),
                ("minimal app + sqlmodel", True, {"key": ["j", "k"]}),
            )
        ]
        if args.sizes:
            ours = [
                painted(f"{size:,} passages", made(folder, size, words=0)) for size in args.sizes
            ]
        else:
            path = made(folder, args.passages, args.words)
            first = painted("first screen", path)
            first.ready, first.keys = "opening the project", {}
            first.before, first.after = [], []
            ours = [first, painted("passage painted", path)]
        for _ in range(args.rounds):
            for subject in (*floors, *ours):
                run_once(subject, args.presses)
        submits = [
            Subject(f"submit and next, {one.name}", one.command, one.ready, {})
            for one in ours
            if one.keys
        ]
        for subject in submits:
            measure_submits(subject, args.presses)
    report([*floors, *ours, *submits], ", ".join(map(str, args.sizes or [args.passages])))
    return 0


def made(folder: str, passages: int, words: int) -> Path:
    """A project of claims with so many passages, and the queue of its coder.

    The queue is made at the first visit, which is not what is measured here.
    """
    path = generated.project(Path(folder) / f"{passages}.db", passages, "claims", words)
    with Terminal(painted("", path).command) as terminal:
        terminal.wait_for("done 0/", limit=600)
    return path


def measure_submits(subject: Subject, presses: int) -> None:
    """Submit passages as without any claim; only the submitting key is counted."""
    with Terminal(subject.command) as terminal:
        terminal.wait_for(subject.ready, limit=120)
        terminal.settle(quiet=1.5, limit=60)
        for _ in range(min(presses, 8) if "10 passages" in subject.name else presses):
            terminal.type("n")
            terminal.settle(quiet=0.06)
            before = terminal.cpu_ms()
            terminal.press("enter")
            count = terminal.settle(quiet=0.06)
            subject.key_cpu.setdefault(subject.name, []).append(terminal.cpu_ms() - before)
            subject.key_bytes.setdefault(subject.name, []).append(count)
        subject.peak.append(terminal.peak_mib())


def report(subjects: list[Subject], passages: str) -> None:
    """Print medians and their ratios to the floor."""
    floor, loaded = subjects[0], subjects[1]
    base = statistics.median(floor.start_cpu)
    key = statistics.median(floor.key_cpu["key"])
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {passages} passages, 80x24")
    print(
        f"\n{'start':28}{'cpu ms':>9}{'/ minimal':>11}{'/ +sqlmodel':>13}{'wall ms':>9}{'MiB':>7}"
    )
    for subject in subjects:
        if not subject.start_cpu:
            continue
        cpu = statistics.median(subject.start_cpu)
        print(
            f"{subject.name:28}{cpu:9.0f}{cpu / base:11.2f}"
            f"{cpu / statistics.median(loaded.start_cpu):13.2f}"
            f"{statistics.median(subject.start_ms):9.0f}{max(subject.peak):7.0f}"
        )
    print(f"\n{'key':48}{'cpu ms':>9}{'/ minimal':>11}{'bytes':>13}")
    for subject in subjects:
        for name, values in subject.key_cpu.items():
            cpu = statistics.median(values)
            size = statistics.median(subject.key_bytes[name])
            label = subject.name if name in ("key", subject.name) else f"{name} ({subject.name})"
            print(f"{label:48}{cpu:9.2f}{cpu / key:11.2f}{size:13.0f}")


if __name__ == "__main__":
    sys.exit(main())
