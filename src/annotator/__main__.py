"""The way in: the `annotator` command and `python -m annotator`."""

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from annotator.cli.quick import code_on_screen, coding_wanted
    from annotator.cli.terminal import can_show_screen

    arguments = sys.argv[1:]
    wanted = coding_wanted(arguments)
    if wanted is not None and can_show_screen():
        from annotator.cli.ending import ended

        # Nothing that a start loads is garbage; the screen turns collection on once it is there.
        gc.disable()
        sys.exit(ended(lambda: code_on_screen(wanted.project, wanted.round_name, wanted.coder)))
    from annotator.cli.run import run

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
