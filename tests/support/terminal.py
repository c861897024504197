"""A program on a pseudo-terminal: what tests press keys in and benches measure.

The screen is what pyte, a terminal emulator in Python, makes of the bytes the program sent.
"""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte

KEYS = {
    "space": b" ",
    "enter": b"\r",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "escape": b"\x1b",
    "backspace": b"\x7f",
    "delete": b"\x1b[3~",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "ctrl+c": b"\x03",
}
"""What a plain terminal sends for keys that print nothing."""


class Terminal:
    """A child process on a pseudo-terminal of its own.

    Args:
        command: The program and its arguments.
        columns: Width of the terminal.
        rows: Height of the terminal.
        env: Changes to this process's environment; None as a value takes a variable away.
        emulate: Whether to keep the screen; a bench that counts bytes has no use for it.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str | None] | None = None,
        emulate: bool = True,
    ) -> None:
        merged: dict[str, str | None] = {**os.environ, "TERM": "xterm-256color", **(env or {})}
        settled = {name: value for name, value in merged.items() if value is not None}
        self.sent = bytearray()
        # A terminal that does not tell its size is taken for one of 80x24.
        self._screen = pyte.Screen(columns or 80, rows or 24)
        self._stream = pyte.ByteStream(self._screen) if emulate else None
        self._status: int | None = None
        self.began = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            try:
                os.execvpe(command[0], list(command), settled)
            finally:
                os._exit(127)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        os.close(self._fd)

    # --- reading ---------------------------------------------------------------------------------

    def read(self, timeout: float = 0.0) -> bytes:
        """Whatever the program sends within a time, and keep it for the screen."""
        readable, _, _ = select.select([self._fd], [], [], timeout)
        if not readable:
            return b""
        try:
            chunk = os.read(self._fd, 65536)
        except OSError:  # the other end is closed
            return b""
        self.sent += chunk
        if self._stream is not None:
            self._stream.feed(chunk)
        return chunk

    def settle(self, quiet: float = 0.08, limit: float = 10.0) -> int:
        """Read until nothing more comes for a while; how many bytes came."""
        count, deadline = 0, time.perf_counter() + limit
        while time.perf_counter() < deadline:
            chunk = self.read(quiet)
            if not chunk:
                break
            count += len(chunk)
        return count

    @property
    def screen(self) -> str:
        """The screen as text, one line a row, trailing blanks cut."""
        return "\n".join(row.rstrip() for row in self._screen.display)

    def wait_for(self, text: str, limit: float = 30.0) -> str:
        """Read until a text stands on the screen; the screen then.

        Raises:
            AssertionError: It never came; the message shows the screen.
        """
        deadline = time.perf_counter() + limit
        while text not in self.screen:
            if time.perf_counter() > deadline or (not self.read(0.2) and not self.running):
                raise AssertionError(f"{text!r} never came; the screen says:\n{self.screen}")
        return self.screen

    # --- writing ---------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys one after the other, without waiting for what they do."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key.encode()))

    def type(self, *keys: str) -> str:
        """Press keys, waiting after each until the screen is still; the screen at the end."""
        for key in keys:
            self.press(key)
            # A program waits for what may follow an escape before it takes it for a key.
            self.settle(0.25 if key == "escape" else 0.08)
        return self.screen

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, of which the program is told as it would be."""
        self._screen.resize(max(1, rows), max(1, columns))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # --- the process -----------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether the program is still there."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = status
        return self._status is None

    def wait(self, limit: float = 10.0) -> int:
        """Read until the program ends; its exit code."""
        deadline = time.perf_counter() + limit
        while self.running:
            if time.perf_counter() > deadline:
                raise AssertionError(f"it did not end; the screen says:\n{self.screen}")
            self.read(0.05)
        assert self._status is not None
        return os.waitstatus_to_exitcode(self._status)

    def kill(self) -> None:
        """End the program at once, as a power cut would: `kill -9`."""
        if self.running:
            os.kill(self.pid, signal.SIGKILL)
            self._status = os.waitpid(self.pid, 0)[1]

    def cpu_ms(self) -> float:
        """On-CPU milliseconds of all threads so far (Linux)."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e6

    def peak_mib(self) -> float:
        """Peak resident memory in MiB (Linux)."""
        for row in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if row.startswith("VmHWM:"):
                return int(row.split()[1]) / 1024
        raise AssertionError("the kernel names no peak memory")
