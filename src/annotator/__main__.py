"""The way in: the `annotator` command and `python -m annotator`."""

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        from annotator.cli.ending import ended
    except KeyboardInterrupt:
        sys.exit(128 + 2)
    sys.exit(ended(_run))


def _run() -> int:
    """Run the command line; returns the exit code. What it needs is loaded where it may end."""
    from annotator.cli.quick import code_on_screen, coding_wanted
    from annotator.cli.terminal import can_show_screen

    arguments = sys.argv[1:]
    wanted = coding_wanted(arguments)
    if wanted is not None and can_show_screen():
        # Nothing that a start loads is garbage; the screen turns collection on once it is there.
        gc.disable()
        code_on_screen(wanted.project, wanted.round_name, wanted.coder)
        return 0
    from annotator.cli.run import run

    return run(arguments)


if __name__ == "__main__":
    main()
