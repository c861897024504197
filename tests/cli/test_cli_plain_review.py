"""Settling disagreements in plain prompts."""

import io
import re
from pathlib import Path

import pytest
from cli_runs import CLAIMS, Command, Done

from annotator.cli.lines import Lines
from annotator.cli.plain_review import run_plain_review
from annotator.cli.plain_review_view import HELP
from annotator.coding.form import answer_form
from annotator.store.adjudications import AdjudicationRow, adjudications
from annotator.store.desk import Desk
from annotator.store.project import open_project
from annotator.store.rounds import rounds
from annotator.store.verify import verify
from annotator.work.review import ReviewSession


def review(command: Command, *lines: str, lead: str = "lina") -> Done:
    done = command("review", "--lead", lead, "--plain", stdin="".join(f"{x}\n" for x in lines))
    assert done.code == 0, done.err
    return done


def settled(project: Path) -> list[AdjudicationRow]:
    with open_project(project, read_only=True) as source:
        assert verify(source) == []
        return list(adjudications(source, rounds(source)[0].id))


def test_a_side_is_taken_whole_with_a_reason_and_a_note(command: Command, demo: Path) -> None:
    done = review(command, "a", "r nothing in the codebook says so", ".quit")
    (row,) = settled(demo)
    assert (row.lead, row.outcome, row.reason) == ("lina", "take", "rule_unclear")
    assert row.note == "nothing in the codebook says so"
    assert "0 settled, 10 left" in done.out
    assert "1 settled, 9 left" in done.out


class Meanwhile(io.StringIO):
    """Lines of a lead; before the second one another lead settles the same passage."""

    def __init__(self, lines: str, other: ReviewSession) -> None:
        super().__init__(lines)
        self._other = other
        self._asked = 0

    def readline(self, size: int = -1) -> str:
        self._asked += 1
        if self._asked == 2:
            self._other.take("A")
            self._other.settle("slip")
        return super().readline(size)


def test_a_review_goes_on_when_a_passage_was_settled_meanwhile(demo: Path) -> None:
    said = io.StringIO()
    with open_project(demo) as project:
        main = rounds(project)[0]
        session, other = (ReviewSession(project, main, lead) for lead in ("lina", "omar"))
        run_plain_review(session, Lines(Meanwhile("a\ns\n.next\na\ns\n", other), said))
    assert "so look at it again" in said.getvalue()
    assert sorted(row.lead for row in settled(demo)) == ["lina", "omar"]


def test_parts_of_several_sides_are_merged(command: Command, demo: Path) -> None:
    shown = review(command, ".next", ".next", ".quit").out
    case = shown.split("left.\n")[3]
    letters = {
        line.split()[0]: "a" if case.splitlines()[at + 1].lstrip().startswith("A") else "b"
        for at, line in enumerate(case.splitlines())
        if line[:1].isdigit()
    }
    assert letters
    review(
        command, ".next", ".next", " ".join(f"{n}{letter}" for n, letter in letters.items()), "slip"
    )
    (row,) = settled(demo)
    assert (row.outcome, row.reason) == ("merge", "slip")


def test_a_passage_that_cannot_be_resolved_has_no_final_coding(
    command: Command, demo: Path
) -> None:
    review(command, "0", "t")
    (row,) = settled(demo)
    assert (row.outcome, row.reason, row.form) == ("cannot_resolve", "text_ambiguous", {})


def test_a_choice_is_taken_back_by_an_empty_line_and_by_the_end_of_the_input(
    command: Command, demo: Path
) -> None:
    assert "Nothing was settled." in review(command, "a", "", ".quit").out
    assert "Nothing was settled." in review(command, "a", "nonsense").out
    assert settled(demo) == []


def test_settled_ones_are_counted_and_the_last_one_ends_the_review(
    command: Command, demo: Path
) -> None:
    done = review(command, *["a", "s"] * 10)
    assert "No disagreement is left to settle in round main." in done.out
    assert len(settled(demo)) == 10
    assert "No disagreement is left" in review(command).out


def test_going_back_settles_anew_without_losing_the_first(command: Command, demo: Path) -> None:
    done = review(command, "a", "s", ".back", "b", "o", ".quit")
    assert "Settled before (take, slip); settling it again replaces that." in done.out
    assert [row.reason for row in settled(demo) if row.latest] == ["outside_knowledge"]


def test_nobody_settles_what_they_coded(command: Command, demo: Path) -> None:
    done = review(command, lead="amal")
    assert "10 disagreements left to another lead" in done.out
    assert "No disagreement is left to settle in round main." in done.out


def test_no_name_of_a_coder_is_shown(command: Command, demo: Path) -> None:
    done = review(command, *[".words", ".codebook", ".text", ".next"] * 9)
    assert "amal" not in done.out.lower().replace("jamal", "")
    assert "basim" not in done.out.lower()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (".help", HELP.splitlines()[0]),
        (".words", "A, Perpetrator:"),
        (".code isis", "Islamic State (ISIS) (isis)"),
        (".code zz", "“zz” is no code of the codebook."),
        (".codebook", "Choose every party the passage blames"),
        (".back", "There is none before this one."),
        (".what", "There is no command .what"),
        ("z", "There is no side 'Z'"),
        ("1a", "The sides differ in"),
        ("9a", "There is no difference 9."),
        ("a b", "There is no side 'A B'"),
    ],
)
def test_each_command_says_what_it_did_or_why_not(
    command: Command, demo: Path, typed: str, says: str
) -> None:
    assert says in review(command, typed, ".quit").out
    assert settled(demo) == []


def test_the_text_is_shown_again(command: Command, demo: Path) -> None:
    text = review(command, ".quit").out.split("\n\n")[2]
    assert len(text) > 100
    assert review(command, ".text", ".quit").out.count(text) == 2


def test_why_a_side_let_a_check_stand_is_shown_with_its_words(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "report.txt").write_text("A shell killed 9 people in Tal Amrit, 7 of them women.\n")
    assert command("init", "--codebook", "claims").code == 0
    assert command("import", "report.txt").code == 0
    claim = [".add claim", '"A shell killed 9 people in Tal Amrit, 7 of them women"']
    for coder, victims in (("amal", "civilian"), ("basim", "unspec")):
        script = [
            *claim,
            f"killing incident {victims}",
            "9",
            "4",
            "7",
            ".stand W1 as printed",
            ".stand W9 as printed",
            ".add act",
            "syr_ground shell",
            ".submit",
        ]
        done = command("code", "--coder", coder, "--plain", stdin="\n".join(script) + "\n")
        assert "Submitted." in done.out, done.out
    shown = review(command, ".words", ".quit").out
    assert "A, W1 stands: as printed\n" in shown
    assert "B, W9 stands: as printed\n" in shown


def test_answers_of_one_claim_are_taken_from_several_sides(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "report.txt").write_text("Two men died in Tal Amrit when a jet struck there.\n")
    assert command("init", "--codebook", CLAIMS).code == 0
    assert command("import", "report.txt").code == 0
    for coder, kind, total in (("amal", "k", "2"), ("basim", "i", "2+")):
        script = [".add claim", '"Two men"', "", kind, total, ".submit"]
        done = command("code", "--coder", coder, "--plain", stdin="\n".join(script) + "\n")
        assert "Submitted." in done.out, done.out
    shown = review(command, ".quit").out
    assert "Claim 1" in shown
    review(command, "1a 2b", "s")
    (row,) = settled(Path("annotator.db"))
    (claim,) = row.form["claim"]
    assert row.outcome == "merge"
    first = re.search(r"1  Claim 1: Kind\n +A: (\w+)", shown)
    assert first is not None
    assert (claim["kind"], claim["total"]) in (("killing", "2+"), ("injury", "2"))
    assert claim["kind"] == first[1].lower()


def test_what_sides_of_many_claims_agree_on_is_said_in_short(
    command: Command, tmp_path: Path
) -> None:
    quotes = [f"w{number}x" for number in range(20)]
    (tmp_path / "report.txt").write_text(f"{' '.join(quotes)} died.\n")
    assert command("init", "--codebook", CLAIMS).code == 0
    assert command("import", "report.txt").code == 0
    for coder, total in (("amal", "2"), ("basim", "3")):
        script = []
        for at, quote in enumerate(quotes):
            script += [".add claim", f'"{quote}"', "", "k", "2" if at else total]
        done = command(
            "code", "--coder", coder, "--plain", stdin="\n".join([*script, ".submit", ""])
        )
        assert "Submitted." in done.out, done.out
    said = review(command, ".quit").out
    (line,) = (one for one in said.splitlines() if one.startswith("They agree on"))
    assert line.startswith(
        "They agree on: Relevant; Claim 1: Kind, Day, Confidence, Share; Claim 2; "
    )
    assert len(line) < 200
    assert re.search(r" \+\d+; \.all shows them\.$", line)
    assert "= Claim 20: Kind" in re.sub(" +", " ", review(command, ".all", ".quit").out)


def test_a_passage_all_agree_on_is_confirmed_by_one_line_and_counted_apart(
    command: Command, demo: Path
) -> None:
    done = review(command, ".queue unanimous 1", *[".next"] * 10, "a", ".back", ".quit")
    assert "Of those all agree on, 1 of 7." in done.out
    assert "Settled before (take); settling it again replaces that." in done.out
    (row,) = settled(demo)
    assert row.reason == ""


def test_the_queue_is_chosen_by_options_and_in_between(command: Command, demo: Path) -> None:
    shown = review(command, ".queue", ".queue killed", ".queue nonsense", ".quit").out
    assert "killed: 5 differ" in shown
    assert "5 passages. 0 settled, 5 left." in shown
    assert "The codebook has no question nonsense; choose one of: perpetrator" in shown
    for word in ("x", ""):
        assert "is no share" in review(command, f".queue unanimous {word}".strip(), ".quit").out
    given = ("review", "--lead", "lina", "--plain", "--variable", "killed", "--order", "reading")
    done = command(*given, stdin=".quit\n")
    assert "0 settled, 5 left" in done.out
    done = command("review", "--lead", "lina", "--plain", "--pair", "a,b")
    assert (done.code, done.out) == (2, "")
    assert "needs the question it answers (--variable)" in done.err


def test_settlements_are_taken_back_and_made_again(command: Command, demo: Path) -> None:
    done = review(command, "a", "s", ".undo", ".redo", ".undo", ".undo", ".quit")
    assert "Taken back:" in done.out
    assert "Settled again:" in done.out
    assert "You have settled nothing in this round" in done.out
    assert settled(demo) == []


def test_a_coding_of_the_leads_own_is_made_in_the_prompts_coders_have(
    command: Command, demo: Path
) -> None:
    done = review(command, ".edit a", ".quit", ".quit")
    assert "Your coding is kept; .edit goes on with it." in done.out
    done = review(command, ".edit", ".go 3", "7", ".submit", "r what was meant", ".quit")
    assert "You have begun a coding of your own" in done.out
    (row,) = settled(demo)
    killed = answer_form(row.form["killed"]).value
    assert (row.outcome, row.reason, killed) == ("new", "rule_unclear", "7")


def test_a_passage_sent_back_shows_its_coder_the_words(command: Command, demo: Path) -> None:
    done = review(command, ".send all Is 12 in the text?", ".queue sent-back", ".send", ".quit")
    assert "Sent back: the coder has it again" in done.out
    assert "Sent back, waiting: Is 12 in the text?" in done.out
    assert "a passage is sent back with words" in done.out
    told = command("code", "--coder", "amal", "--plain", stdin=".open\n.quit\n")
    assert "The lead sent it back: Is 12 in the text?" in told.out
    assert settled(demo) == []


def test_when_all_is_settled_the_last_one_can_still_be_taken_back(
    command: Command, demo: Path
) -> None:
    done = review(command, *["a", "s"] * 10, "a", ".undo", ".quit")
    assert "There is nothing to do that with." in done.out
    assert len(settled(demo)) == 9
    done = review(command, "a", "s", ".queue flagged", ".queue all", ".undo", "", ".quit")
    assert "0 passages." in done.out
    assert len(settled(demo)) == 9
    done = review(command, "a", "s", "", "a")
    assert done.out.rstrip().endswith("an empty line leaves.\n>")


def test_when_all_is_settled_it_says_what_coders_flagged(command: Command, demo: Path) -> None:
    assert "flagged" not in review(command, *["a", "s"] * 10, "").out
    with open_project(demo) as project:
        desk = Desk(project, rounds(project)[0].id, "amal")
        own = desk.passages(0, 100)
        for one in own:
            desk.flag(one.assignment_id, "", flagged=True)
    done = review(command, "")
    # What was settled waits for nobody, flagged or not.
    agreed = len(own) - len(settled(demo))
    assert f"{agreed} passages flagged by coders: .queue flagged lists them." in done.out
    assert f"{len(own)} passages." in review(command, ".queue flagged", ".quit").out


def test_a_passage_tagged_as_graphic_is_shown_only_when_it_is_asked_for(
    command: Command, demo: Path
) -> None:
    with open_project(demo, read_only=True) as project:
        case = ReviewSession(project, rounds(project)[0], "lina").current()
        assert case is not None
    words = case.passage.text.splitlines()[0]
    assert words in review(command, ".quit").out
    key, number = case.disagreement.place
    assert command("passages", "tag", "graphic", f"{key}:{number}").code == 0
    covered = review(command, ".quit").out
    assert words not in covered
    assert "tagged as graphic: .text shows its words" in covered
    assert words in review(command, ".text", ".quit").out
