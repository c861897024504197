"""How fast the coding screen starts and answers, beside a minimal Textual app in the same run.

Every subject runs on a pseudo-terminal of 80x24 as a user starts it, in turns, round by round, so
that a busy machine slows all alike. Compare the ratios of processor time; wall time and the
machine's name for it depend on who else is there.

    python bench/screen.py [--passages 100000] [--rounds 7] [--presses 40]

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
    """One program, the text that shows it is there, and groups of keys to press in it."""

    name: str
    command: list[str]
    ready: str
    keys: dict[str, list[str]]
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
        for name, keys in subject.keys.items():
            for number in range(presses):
                before = terminal.cpu_ms()
                terminal.press(keys[number % len(keys)])
                count = terminal.settle(quiet=0.06)
                if count:
                    subject.key_cpu.setdefault(name, []).append(terminal.cpu_ms() - before)
                    subject.key_bytes.setdefault(name, []).append(count)
        subject.peak.append(terminal.peak_mib())


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--presses", type=int, default=40)
    args = parser.parse_args()
    os.environ.pop("CI", None)
    with tempfile.TemporaryDirectory() as folder:
        path = generated.project(Path(folder) / "bench.db", args.passages)
        ours = [sys.executable, "-m", "annotator", "code", "--project", str(path), "--coder"]
        # The coder's queue is made at the first visit, which is not what is measured here.
        for coder in ("first", "painted"):
            with Terminal([*ours, coder]) as terminal:
                terminal.wait_for("done 0/", limit=300)
        python = [sys.executable, "-c"]
        floor_keys = {"key": ["j", "k"]}
        floor = Subject(
            "minimal app", [*python, MINIMAL.format(database=False)], "ready", floor_keys
        )
        loaded = Subject(
            "minimal app + sqlmodel", [*python, MINIMAL.format(database=True)], "ready", floor_keys
        )
        first = Subject("first screen", [*ours, "first"], "opening the project", {})
        painted = Subject(
            "passage painted",
            [*ours, "painted"],
            "done ",
            {
                "move": ["right", "right", "right", "left"],
                "apply or take away a code": ["a"],
                "undo, redo": ["U", "R"],
                "next question": ["tab", "shift+tab"],
            },
        )
        submit = Subject("submit and next", [*ours, "painted"], "done ", {})
        subjects = [floor, loaded, first, painted, submit]
        for _ in range(args.rounds):
            for subject in (floor, loaded, first, painted):
                run_once(subject, args.presses if subject.keys else 0)
        measure_submits(submit, args.presses)
    report(subjects, args.passages)
    return 0


def measure_submits(subject: Subject, presses: int) -> None:
    """Code and submit passages; only the submitting key is counted."""
    with Terminal(subject.command) as terminal:
        terminal.wait_for(subject.ready, limit=120)
        terminal.settle(quiet=1.5, limit=60)
        for _ in range(presses):
            terminal.type("s", "3")
            before = terminal.cpu_ms()
            terminal.press("enter")
            count = terminal.settle(quiet=0.06)
            subject.key_cpu.setdefault("submit and next", []).append(terminal.cpu_ms() - before)
            subject.key_bytes.setdefault("submit and next", []).append(count)
        subject.peak.append(terminal.peak_mib())


def report(subjects: list[Subject], passages: int) -> None:
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
    print(f"\n{'key':28}{'cpu ms':>9}{'/ minimal':>11}{'bytes':>13}")
    for subject in subjects:
        for name, values in subject.key_cpu.items():
            cpu = statistics.median(values)
            size = statistics.median(subject.key_bytes[name])
            label = name if name != "key" else subject.name
            print(f"{label:28}{cpu:9.2f}{cpu / key:11.2f}{size:13.0f}")


if __name__ == "__main__":
    sys.exit(main())
