"""Tables of commands: what a narrow terminal may break, and what it may not."""

import pytest

from annotator.cli.output import print_table

ROWS = [("perpetrator named first", "123,456", "0.531 to 0.747", "do not use"), ("x", "7", "–", "")]


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_number_loses_a_digit_however_narrow_the_terminal(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    print_table(
        ("Variable", "With\nmissed", "Interval", "Verdict"),
        ROWS,
        numbers=("With\nmissed",),
        whole=("Interval", "Verdict"),
    )
    lines = capsys.readouterr().out.splitlines()
    first = next(line for line in lines if line.startswith("perpetrator"))
    for text in ROWS[0][1:]:
        assert text in first
    if width >= 60:
        assert max(map(len, lines)) <= width
    else:
        # What breaks is the text of the first column, between words.
        assert next(line for line in lines if line.startswith("named")).split()[0] == "named"
