"""The way in: the `annotator` command and `python -m annotator`."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from annotator.cli.run import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
