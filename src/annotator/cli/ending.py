"""How every command ends: an exit code, and one sentence if it failed.

Exit codes: 0 done, 1 the work found a problem, 2 wrong usage, 70 a fault of annotator itself,
130 interrupted, 141 the reader of the output went away.
"""

import errno
import os
import re
import sys
import time
from _thread import interrupt_main, start_new_thread
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper

from annotator.corpus.visible import visible
from annotator.errors import AnnotatorError

FAULT = 70
INTERRUPTED = 128 + 2
BROKEN_PIPE = 128 + 13
_SOON = 0.01

WHOLE_TRACEBACK = "ANNOTATOR_TRACEBACK"
"""The environment variable that, set to anything, has faults told with all there is to them."""

_LAST_WORD = re.compile(r'[^\s"/]+$')


def ended(work: Callable[[], object]) -> int:
    """Do the work of a command and end it.

    Args:
        work: The work; a whole number that it returns is the exit code.

    Returns:
        The exit code.
    """
    _survive_odd_characters()
    try:
        with _interrupts_kept():
            result = work()
            sys.stdout.flush()
    except AnnotatorError as error:
        return failed(error.as_printed, error.exit_code)
    except UnicodeEncodeError as error:
        # Bytes of the command line that are no UTF-8 come as lone surrogates (PEP 383). A file may
        # be read by such a name, but nothing that keeps text keeps them.
        words = _LAST_WORD.findall(error.object[: error.end])
        return failed(
            f"“{words[-1]}” is no text in UTF-8 and cannot be kept; give another name.", 2
        )
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.EPIPE:
            _forget_output()
            return BROKEN_PIPE
        if any(isinstance(one, KeyboardInterrupt) for one in _with_what_led_to(error)):
            # Python 3.11 makes an error of a Ctrl-C that comes while a class is being made, as
            # happens when modules load.
            return INTERRUPTED
        return failed(_fault(error), FAULT)
    return result if isinstance(result, int) else 0


def failed(sentence: str, exit_code: int) -> int:
    """Say why a command failed; returns the exit code."""
    with suppress(BrokenPipeError):
        if sentence:
            print(visible(sentence, newlines=True), file=sys.stderr, flush=True)
    return exit_code


def _fault(error: Exception) -> str:
    """What is said of an error that nobody foresaw: where it arose, and no word of the data.

    What an error says, and what variables hold, can be words of a report or names of people, which
    must neither stay on a terminal nor be sent to those who mend it by someone who did not look.
    """
    from traceback import extract_tb, format_exception

    if os.environ.get(WHOLE_TRACEBACK):
        return "".join(format_exception(error)).rstrip()
    *_, root = _with_what_led_to(error)
    kind = type(root).__name__
    if isinstance(root, OSError) and root.strerror:
        # The system's words, such as that no space is left, are never the user's.
        kind = f"{kind}: {root.strerror}"
    frames = extract_tb(root.__traceback__)
    return "\n".join(
        (
            f"annotator met something it did not foresee ({kind}) and stopped; what it said was "
            f"saved is kept. Please report the lines below; {WHOLE_TRACEBACK}=1 before the "
            "command shows more, which may be words of your data.",
            *(f"  {_module(one.filename)}:{one.lineno} {one.name}" for one in frames),
        )
    )


def _with_what_led_to(error: BaseException) -> Iterator[BaseException]:
    """An error and those it came of, the first of all last."""
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__ or one.__context__


def _module(path: str) -> str:
    """The last parts of a path: where a user keeps the program is nobody else's business."""
    return "/".join(path.replace("\\", "/").split("/")[-3:])


@contextmanager
def _interrupts_kept() -> Iterator[None]:
    """Have a Ctrl-C that comes where nothing can be raised come again where it can.

    In what is done as an object goes away, Python would print it as an error and go on.
    """
    before = sys.unraisablehook
    coming = over = False

    def hook(told: "sys.UnraisableHookArgs") -> None:
        nonlocal coming
        if not issubclass(told.exc_type, KeyboardInterrupt):
            before(told)
        elif not coming:
            coming = True
            # Not at once: it would be raised in here.
            start_new_thread(interrupt_soon, ())

    def interrupt_soon() -> None:
        nonlocal coming
        time.sleep(_SOON)
        coming = False
        if not over:
            interrupt_main()

    sys.unraisablehook = hook
    try:
        yield
    finally:
        over = True
        sys.unraisablehook = before


def _survive_odd_characters() -> None:
    """Let no character, in or out, end a command: what cannot be written is spelled out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")


def _forget_output() -> None:
    # Python would try to flush the broken pipe once more as it ends, and complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
