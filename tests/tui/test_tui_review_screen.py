"""The review screen by its keys."""

from pathlib import Path

import pytest

from annotator.coding.model import Span, State
from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.store.adjudications import AdjudicationRow, adjudications
from annotator.store.corpus import iter_passages
from annotator.store.models import Tag
from annotator.store.project import open_project
from annotator.store.rounds import rounds
from annotator.store.tags import tag_passages
from annotator.tui.keymap import KEYMAPS, Keymap
from annotator.tui.registry import Context
from annotator.tui.review_actions import REVIEW
from annotator.tui.review_edit import SettlementScreen
from annotator.work.review import ReviewSession
from projects import CLAIMS, LIGHT, code_light, copied, make_project, session_on
from screens import review_screen


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two coders who agree on the third passage and on little else."""
    path = make_project(tmp_path_factory.mktemp("coded") / "coded.db", LIGHT)
    with session_on(path, "amal") as session:
        code_light(session, "s3", "a1", "-|-")
    with session_on(path, "basim") as session:
        item = session.item
        session.press("u", Span(item.start, item.start + 6, item.text[:6]))
        code_light(session, "|3", "-|-", "-|-")
    return path


@pytest.fixture
def project(coded: Path, tmp_path: Path) -> Path:
    return copied(coded, tmp_path)


def settled(path: Path) -> list[AdjudicationRow]:
    with open_project(path) as opened:
        return list(adjudications(opened, rounds(opened)[0].id))


async def test_a_lead_sees_sides_without_names_and_what_they_differ_in(project: Path) -> None:
    async with review_screen(project) as screen:
        assert "lina · report.txt ¶" in screen.status
        assert "· review of main" in screen.status
        assert "settled 0  left 2" in screen.status
        assert "> Perpetrator" in screen.body
        assert "   A " in screen.body
        assert "   B " in screen.body
        assert screen.message == "1 take A  2 take B  0 cannot resolve"
        whole = screen.status + screen.body + screen.message + screen.hint
        assert "amal" not in whole
        assert "basim" not in whole


async def test_a_side_is_taken_and_settled_with_a_reason(project: Path) -> None:
    async with review_screen(project) as screen:
        before = screen.status
        message = await screen.press("1")
        assert message == "Take A: why? The reason settles it; Esc chooses again."
        assert screen.hint.strip().endswith("o outside knowledge  N note")
        assert screen.hint.startswith("s slip  r rule unclear  t text ambiguous")
        assert screen.body.count("*A") == 2
        message = await screen.press("t")
        assert message.startswith("Settled report.txt ¶")
        assert message.endswith("text ambiguous.")
        assert "settled 1  left 1" in screen.status
        assert screen.status.split("·")[1] != before.split("·")[1]
    (found,) = settled(project)
    assert (found.outcome, found.reason, found.lead) == ("take", "text_ambiguous", "lina")


async def test_a_choice_can_be_taken_back_and_nothing_else_is_done_meanwhile(
    project: Path,
) -> None:
    async with review_screen(project) as screen:
        await screen.press("1")
        for key in ("x", "}", "enter", "2"):
            message = await screen.press(key)
            assert message == "First the reason, or Esc to choose again."
            assert "s slip" in screen.hint
        assert await screen.press("escape") == "1 take A  2 take B  0 cannot resolve"
        await screen.press("2 N w h y enter s")
    (found,) = settled(project)
    assert (found.reason, found.note) == ("slip", "why")


async def test_what_cannot_be_resolved_is_said_so(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.press("0 r")
        assert "settled 1" in screen.status
    (found,) = settled(project)
    assert (found.outcome, found.reason) == ("cannot_resolve", "rule_unclear")


async def test_parts_are_taken_from_different_sides(project: Path) -> None:
    async with review_screen(project) as screen:
        while "Air strike" not in screen.body:
            await screen.press("}")
        assert await screen.press("a") == "1 more to choose."
        assert await screen.press("b") == "Enter settles it so."
        assert screen.body.count("*A") == 1
        assert screen.body.count("*B") == 1
        assert await screen.press("enter") == (
            "Take these parts: why? The reason settles it; Esc chooses again."
        )
        await screen.press("o")
    (found,) = settled(project)
    assert (found.outcome, found.reason) == ("merge", "outside_knowledge")
    assert (found.form["perpetrator"] == []) != (found.form["cause"] == [])


async def test_settling_with_parts_left_open_is_refused(project: Path) -> None:
    async with review_screen(project) as screen:
        message = await screen.press("enter")
        assert message.endswith("each.")
        assert message.startswith("The sides differ in Perpetrator")
        assert "why?" not in message
    assert settled(project) == []


async def test_a_side_that_is_not_there_cannot_be_taken(project: Path) -> None:
    async with review_screen(project) as screen:
        assert await screen.press("3") == "There is no side 3."
        assert await screen.press("c") == "There is no side C."


async def test_differences_and_disagreements_are_stepped_through(project: Path) -> None:
    async with review_screen(project) as screen:
        first = screen.status
        assert await screen.press("{") == "There is none before this one."
        await screen.press("}")
        assert screen.status != first
        await screen.press("{")
        assert screen.status == first
        while "Air strike" not in screen.body:
            await screen.press("}")
        await screen.press("tab")
        assert "> Cause of death" in screen.body
        await screen.press("down up")
        assert "> Perpetrator" in screen.body


async def test_the_words_behind_a_difference_are_shown(project: Path) -> None:
    async with review_screen(project) as screen:
        while "Unknown" not in screen.body:
            await screen.press("}")
        assert "“Shells”" in screen.body
        styles = {style for line in screen.screen.body.lines for _, style in line}
        assert styles & {"evidence", "other evidence", "cursor evidence", "cursor other evidence"}


@pytest.mark.parametrize("name", KEYMAPS)
async def test_every_key_of_every_action_reaches_its_method(
    project: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keymap = Keymap(REVIEW, name)
    groups = [group for group in REVIEW if group.context is Context.ANSWERING]
    actions = [action for group in groups for action in filter(keymap.has, group.actions)]
    async with review_screen(project, keymap=keymap) as screen:
        done: list[str] = []
        for action in actions:
            monkeypatch.setattr(
                screen.screen, action.method, lambda one=action.id: done.append(one)
            )
            monkeypatch.setattr(screen.screen, action.why_not, str, raising=False)
        for action in actions:
            for key in keymap.keys(action):
                done.clear()
                screen.screen.take_key(key)
                assert done == [action.id], key


async def test_help_begins_with_the_difference_and_the_keys_that_settle_it(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.press("?")
        rows = [row.strip() for row in screen.body.split("\n")]
        assert rows[1:4] == ["This disagreement", "Perpetrator", ""]
        assert rows[5].split(maxsplit=1) == ["1", "Take all of A"]
        assert rows[6].split(maxsplit=1) == ["a", "Take this part from A"]


async def test_the_palette_settles_nothing_that_needs_to_know_a_side(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.type(":take this side")
        assert "press 1–9 itself." in await screen.press("enter")
        await screen.press("escape")
        await screen.type(":next difference")
        await screen.press("enter")
        assert "> Cause of death" in screen.body
        assert await screen.press("escape") == "Nothing has been chosen yet."


async def test_the_codebook_and_the_keys_are_a_key_away(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.press("I")
        assert "Perpetrator (1-20 of" in screen.body
        await screen.press("q ?")
        assert "Help (1-" in screen.body
        await screen.press("pagedown")
        assert "1–9" in screen.body
        await screen.press("escape J K pagedown pageup")
        assert "> Perpetrator" in screen.body


async def test_when_all_is_settled_the_screen_says_so_and_takes_only_leaving(
    project: Path,
) -> None:
    async with review_screen(project) as screen:
        await screen.press("1 s 1 s")
        assert "2 settled, none left." in screen.body
        for key in ("1", "0", "a", "enter", "}", "tab", "N", "I", "J", "E", "S", "V", "x"):
            assert "Q quits" in await screen.press(key), key
        await screen.press("{")
        assert "settled · settled 1" in screen.status or "settled · settled 2" in screen.status
        assert "Settled before: as" in screen.body
        await screen.press("0 r")
        assert "2 settled, none left." in screen.body
    assert len(settled(project)) == 2


async def test_nobody_settles_passages_they_coded(project: Path) -> None:
    async with review_screen(project, lead="amal") as screen:
        assert "none left" in screen.body
        assert "2 more are of passages you coded" in screen.body


async def test_what_cannot_be_written_is_said_and_can_be_pressed_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise AnnotatorError("The disk is full; make room and press again.")

    async with review_screen(project) as screen:
        await screen.press("1")
        with monkeypatch.context() as patch:
            patch.setattr(ReviewSession, "settle", fail)
            assert (await screen.press("s")).startswith("Not saved: The disk is full")
        assert "left 2" in screen.status
        assert (await screen.press("s")).startswith("Settled")


async def test_a_passage_revised_while_its_reason_is_awaited_is_not_settled(
    project: Path,
) -> None:
    async with review_screen(project) as screen:
        while "Unknown" not in screen.body:
            await screen.press("}")
        before = screen.status.split("settled")[0]
        await screen.press("1 N w h y enter")
        with session_on(project, "basim") as session:
            while session.item.number != 1:
                session.step_passage(-1)
            session.go_to(("", "perpetrator"))
            session.press("u")
            session.press("s")
            assert not session.submit().refused
        await screen.press("s")
        whole = " ".join((screen.body + screen.message).split())
        assert "nothing was settled, and it is no longer in the queue." in whole
        assert "settled 0 left 1" in " ".join(screen.status.split())
        assert screen.status.split("settled")[0] != before
        assert "Residents" in screen.body
        assert "Shells fell" not in screen.body
        await screen.press("tab tab shift+tab 1 s")
        assert "1 settled, none left." in screen.body
    (found,) = settled(project)
    assert (found.number, found.note) == (2, "")


async def test_the_last_case_gone_while_its_reason_is_awaited_leaves_nothing_to_press(
    project: Path,
) -> None:
    async with review_screen(project) as screen:
        await screen.press("1 s")
        number = 1 if "Shells fell" in screen.body else 2
        await screen.press("1")
        with session_on(project, "basim") as basim, session_on(project, "amal") as amal:
            for session in (basim, amal):
                while session.item.number != number:
                    session.step_passage(-1)
                session.go_to(("", "perpetrator"))
                session.set_state(State.NOT_STATED)
                session.go_to(("", "cause"))
                session.set_state(State.NOT_STATED)
                session.submit()
        await screen.press("s")
        assert "1 settled, none left." in screen.body
        assert "Q quits" in await screen.press("s")
        assert "Q quits" in await screen.press("t")


async def test_a_passage_still_in_dispute_after_a_revision_is_shown_anew_with_its_note(
    project: Path,
) -> None:
    async with review_screen(project) as screen:
        while "Unknown" not in screen.body:
            await screen.press("}")
        await screen.press("1 N w h y enter")
        with session_on(project, "basim") as session:
            while session.item.number != 1:
                session.step_passage(-1)
            session.go_to(("", "perpetrator"))
            session.press("r")
            assert not session.submit().refused
        await screen.press("s")
        assert "Shells fell" in screen.body
        assert screen.hint.startswith("1")
        await screen.press("1 s")
    (found,) = settled(project)
    assert (found.number, found.note) == (1, "why")


# --- claims -------------------------------------------------------------------------------------


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """Two coders with claims in another order, of which one is only the second one's."""
    path = make_project(tmp_path / "claims.db", CLAIMS)
    for coder, first, found in (("amal", "y", "kd"), ("basim", "n", "jdk")):
        with session_on(path, coder) as session:
            session.go_to(("", "mention"))
            session.press(first)
            item = session.item
            words = [item.text[:6], item.text[20:26], item.text[41:52]]
            for kind, said in zip(found, words, strict=False):
                start = item.start + item.text.index(said)
                session.add_record("claim", Span(start, start + len(said), said))
                session.press(kind)
            assert not session.submit().refused
    return path


async def test_parts_are_taken_claim_by_claim(claims: Path) -> None:
    async with review_screen(claims) as screen:
        assert "> Mention" in screen.body
        assert await screen.press("a") == "2 more to choose."
        assert "> Claim 1: Kind" in screen.body
        assert await screen.press("b") == "1 more to choose."
        assert "> Claim 3" in screen.body
        without = "A" if "   A –" in screen.body else "B"
        assert await screen.press(without.lower()) == "Enter settles it so."
        assert screen.body.count("  *") == 3
        await screen.press("enter s")
        assert "1 settled, none left." in screen.body
    (found,) = settled(claims)
    assert found.outcome == "merge"
    assert [one["kind"] for one in found.form["claim"]] == [
        "injury" if without == "A" else "killing",
        "denial",
    ]


async def test_a_part_pressed_again_is_open_again(claims: Path) -> None:
    async with review_screen(claims) as screen:
        await screen.press("a up")
        assert "  *A" in screen.body
        assert await screen.press("a") == "Mention: open again."
        assert "  *A" not in screen.body
        assert (await screen.press("enter")).endswith("each.")


async def test_what_is_agreed_is_folded_and_shown_by_a_key(claims: Path) -> None:
    async with review_screen(claims, size=(80, 40)) as screen:
        assert "= agreed: Claim 2" in screen.body
        await screen.press("F")
        assert " =Claim 2: Kind: Denial" in screen.body
        await screen.press("F")
        assert " =Claim 2: Kind: Denial" not in screen.body


async def test_the_words_of_each_side_are_gone_to_and_lettered(claims: Path) -> None:
    async with review_screen(claims) as screen:
        await screen.press("tab")
        assert "> Claim 1: Kind" in screen.body
        margins = {row[:2] for row in screen.body.split("\n")}
        assert "AB" in margins
        message = await screen.press(".")
        assert message == "A: “Shells” (1 of 2)"
        assert await screen.press(".") == "B: “Shells” (2 of 2)"
        assert await screen.press(";") == "A: “Shells” (1 of 2)"


async def test_everything_that_is_said_can_be_read_whole(claims: Path) -> None:
    async with review_screen(claims, size=(80, 60)) as screen:
        await screen.press("V")
        assert "All that the sides say" in screen.body
        assert "= Claim 2: Kind" in screen.body
        assert screen.body.count("“Shells”") >= 2


async def test_a_click_brings_a_part_into_focus(claims: Path) -> None:
    async with review_screen(claims) as screen:
        row = next(n for n, one in enumerate(screen.body.split("\n")) if "Claim 3" in one)
        await screen.pilot.click(offset=(4, row + 1))
        assert "> Claim 3" in screen.body


async def test_what_lies_in_a_record_that_is_taken_needs_no_choice(tmp_path: Path) -> None:
    path = make_project(tmp_path / "claims.db", CLAIMS)
    for coder, who in (("amal", "r"), ("basim", "i")):
        with session_on(path, coder) as session:
            item = session.item
            session.add_record("claim", Span(item.start, item.start + 6, item.text[:6]))
            session.press("k" if who == "r" else "d")
            session.add_record("act")
            session.press(who)
            assert not session.submit().refused
    async with review_screen(path) as screen:
        await screen.press("space")
        assert "> Claim 1: Kind" in screen.body
        assert await screen.press("a") == "1 more to choose."
        assert "> Claim 1, Act 1" in screen.body
        await screen.press("b")
        assert screen.body.count("  *") == 2


async def test_no_name_of_a_coder_is_seen_whatever_is_pressed(claims: Path) -> None:
    seen = ""
    async with review_screen(claims) as screen:
        for keys in ("?", "q", "V", "q", "I", "q", "O", "escape", "L", "escape", "S", "q", "E",
                     "q", "1", "s", "{", "V", "q", "U", "R", "L", "escape"):  # fmt: skip
            await screen.press(keys)
            seen += screen.status + screen.body + screen.message + screen.hint
    assert "amal" not in seen
    assert "basim" not in seen


# --- decisions taken back, sent back, made anew -------------------------------------------------


async def test_a_decision_is_taken_back_and_made_again(project: Path) -> None:
    async with review_screen(project) as screen:
        first = screen.status.split("settled")[0]
        await screen.press("1 s")
        assert "settled 1  left 1" in screen.status
        await screen.press("U")
        assert "settled 0  left 2" in screen.status
        assert screen.status.split("settled")[0] == first
        await screen.press("R")
        assert "settled 1  left 1" in screen.status
        assert await screen.press("R") == "There is nothing to settle again."
    assert len(settled(project)) == 1


async def test_a_passage_is_sent_back_to_one_side_with_words(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.press("S")
        assert "side A" in screen.body
        await screen.press("1")
        await screen.type("Read the first line again.")
        message = await screen.press("enter")
        assert message.startswith("Sent back report.txt ¶")
        assert "(waiting 1)" in screen.status
    assert settled(project) == []


async def test_undoing_after_a_sending_back_says_first_that_it_is_not_undone(
    project: Path,
) -> None:
    async with review_screen(project) as screen:
        await screen.press("1 s S 1")
        await screen.type("Read it again.")
        await screen.press("enter")
        await screen.press("U")
        whole = " ".join(f"{screen.body} {screen.message}".split())
        assert "cannot be undone; undo once more takes back the settlement before." in whole
        assert "settled 1" in screen.status
        assert len(settled(project)) == 1
        assert (await screen.press("U")).startswith("Taken back: ")
        assert "settled 0" in screen.status
    assert settled(project) == []


async def test_a_passage_a_filter_lists_no_longer_stays_on_the_screen(project: Path) -> None:
    async with review_screen(project) as screen:
        while "Unknown" not in screen.body:
            await screen.press("}")
        await screen.press("S 1" if "A Unknown" in screen.body else "S 2")
        await screen.type("Read it again.")
        await screen.press("enter")
        await screen.type("Oonly sent back")
        await screen.press("enter")
        assert "Shells fell" in screen.body
        await screen.press("1")
        with session_on(project, "basim") as session:
            while session.item.number != 1:
                session.step_passage(-1)
            session.go_to(("", "perpetrator"))
            session.press("r")
            assert not session.submit().refused
        await screen.press("s")
        whole = " ".join((screen.body + screen.message).split())
        assert "so look at it again" in whole
        assert "Shells fell" in screen.body
        assert "1 take A 2 take B" in " ".join((await screen.press("down")).split())
        assert (await screen.press("1")).startswith("Take A: why?")
        await screen.press("s")
    assert [row.number for row in settled(project)] == [1]


async def test_words_left_unwritten_send_nothing_back(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.press("S 1 escape")
        assert screen.message == "Nothing was sent back."
        assert "waiting" not in screen.status


async def test_a_lead_codes_the_passage_anew(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.press("E 1")
        work = screen.pilot.app.screen
        assert isinstance(work, SettlementScreen)
        await screen.press("shift+tab shift+tab r enter")
        assert screen.pilot.app.screen is screen.screen
        assert screen.message.startswith("Take the new coding: why?")
        await screen.press("s")
        assert "settled 1  left 1" in screen.status
    (found,) = settled(project)
    assert (found.outcome, found.reason) == ("new", "slip")
    assert found.form["perpetrator"] == ["russia"] or "russia" in str(found.form["perpetrator"])


async def test_a_coding_of_the_leads_outlasts_leaving_it(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.press("E 3")
        work = screen.pilot.app.screen
        assert isinstance(work, SettlementScreen)
        await screen.press("r }")
        assert work.message == "This is the passage you are settling; Q goes back."
        await screen.press("Q")
        assert screen.pilot.app.screen is screen.screen
        assert screen.message == "Kept; E goes on with it."
    async with review_screen(project) as screen:
        assert "You have begun a coding of your own; E goes on." in screen.body
        await screen.press("E")
        work = screen.pilot.app.screen
        assert isinstance(work, SettlementScreen)
        assert work.session is not None
        assert "perpetrator" in work.session.coding.answers
        await screen.press("U")
        assert "perpetrator" not in work.session.coding.answers


async def test_what_all_say_alike_is_one_key(project: Path) -> None:
    async with review_screen(project) as screen:
        assert (await screen.press("=")).endswith("another side for it.")
        assert not screen.screen.choosing


# --- the queue ----------------------------------------------------------------------------------


async def test_the_queue_lists_where_each_passage_stands_and_goes_there(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.press("1 s L")
        assert "Passages of the queue (2 of 2)" in screen.body
        assert "settled" in screen.body
        await screen.type("settled")
        await screen.press("enter")
        assert "settled · settled 1" in screen.status or "settled · settled 2" in screen.status
        assert "Settled before: as " in screen.body


async def test_order_and_filter_are_chosen_with_the_count_of_each(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.press("O")
        assert "* All disagreements" in screen.body
        assert "* Lowest agreement first" in screen.body
        await screen.type("reading")
        await screen.press("enter")
        assert screen.message == "2 passages in the queue."
        await screen.type("Odiffer in cause")
        await screen.press("enter")
        assert screen.message == "1 passage in the queue."
        await screen.type("Oonly flagged")
        assert "There is none." in await screen.press("enter")


async def test_two_values_taken_for_each_other_are_a_queue(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.type("Otwo values of perp")
        await screen.press("enter")
        while "Reading what coders gave" in screen.body:
            await screen.pilot.pause(0.02)
        assert "against" in screen.body
        await screen.press("enter")
        assert screen.message == "1 passage in the queue."


async def test_a_sample_of_what_all_agree_on_is_settled_by_one_key(project: Path) -> None:
    async with review_screen(project) as screen:
        await screen.type("Osample")
        await screen.press("enter")
        assert "Share of them, in %: 3" in screen.message
        await screen.press("backspace 1 0 0 enter")
        assert screen.message == "3 passages in the queue."
        assert "sample 0 of 1" in screen.status
        await screen.type("Lsample")
        await screen.press("enter")
        assert "agreed (sample) ·" in screen.status
        assert "All say the same" in screen.body
        message = await screen.press("=")
        assert message.endswith("as all say.")
        assert "sample 1 of 1" in screen.status
    assert len(settled(project)) == 1


async def test_a_passage_that_everyone_gave_back_can_be_looked_at_and_coded(tmp_path: Path) -> None:
    path = make_project(tmp_path / "given.db", LIGHT)
    for coder in ("amal", "basim"):
        with session_on(path, coder) as session:
            session.skip(SkipReason.LANGUAGE, "half of it is Kurdish")
            code_light(session, "s3", "-|-")
    async with review_screen(path) as screen:
        assert "none left" in screen.body
        await screen.type("Ogiven back")
        await screen.press("enter")
        assert "A coder gave it back" in screen.body
        assert "half of it is Kurdish" in screen.body
        assert await screen.press("1") == "There is no side 1."
        assert await screen.press("S") == "Nobody has coded this passage yet."
        for keys in ("a", "V", "q", "I", "F", "F", "space", ".", "tab", "=", "?", "q", "enter"):
            await screen.press(keys)
        await screen.press("escape E 1 s tab 3 enter")
        assert screen.message.startswith("Take the new coding: why?")
        await screen.press("o")
    (found,) = settled(path)
    assert (found.outcome, found.reason) == ("new", "outside_knowledge")


async def test_an_empty_queue_tells_what_coders_flagged_and_gave_back(tmp_path: Path) -> None:
    path = make_project(tmp_path / "skipped.db", LIGHT)
    for coder in ("amal", "basim"):
        with session_on(path, coder) as session:
            session.skip(SkipReason.UNREADABLE)
            if coder == "amal":
                session.toggle_flag()
            code_light(session, "s3", "a1")
    async with review_screen(path) as screen:
        whole = " ".join(screen.body.split())
        assert "none left. Still to look at: 1 given back by coders, 1 flagged" in whole
        assert "O chooses them." in whole
        await screen.type("Oonly given back")
        await screen.press("enter 0 t")
        assert len(settled(path)) == 1
        whole = " ".join(screen.body.split())
        assert "given back" not in whole
        assert "Still to look at: 1 flagged by coders." in whole


async def test_a_passage_revised_after_it_was_settled_says_what_changed(project: Path) -> None:
    async with review_screen(project) as screen:
        while "Unknown" not in screen.body:
            await screen.press("}")
        await screen.press("1 s")
    with session_on(project, "basim") as session:
        while session.item.number != 1:
            session.step_passage(-1)
        session.go_to(("", "perpetrator"))
        session.press("r")
        assert not session.submit().refused
    async with review_screen(project) as screen:
        await screen.type("Lchanged")
        await screen.press("enter")
        assert "changed since ·" in screen.status
        assert "Changed since it was settled:" in screen.body
        assert "Settled before:" in screen.body
        await screen.press("V")
        assert "    decided " in screen.body
        await screen.press("V")
    assert len(settled(project)) == 1


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 50)])
async def test_no_line_is_wider_than_the_terminal(claims: Path, size: tuple[int, int]) -> None:
    async with review_screen(claims, size=size) as screen:
        for keys in ("tab", "1", "escape", "I", "q", "V", "q", "F", "N", "escape", "O", "0 r"):
            await screen.press(keys)
            rows = [screen.status, *screen.body.split("\n"), screen.message, screen.hint]
            assert all(len(row) <= size[0] for row in rows)


async def test_a_passage_tagged_as_graphic_is_covered_until_it_is_asked_for(project: Path) -> None:
    with open_project(project) as opened:
        passages = [(row.report_key, row.number) for row in iter_passages(opened)]
        tag_passages(opened, Tag.GRAPHIC, passages, actor="lina")
    async with review_screen(project) as screen:
        cover = "This passage is tagged as graphic: Enter shows it."
        assert cover in screen.body
        assert "Perpetrator" not in screen.body
        for key in ("1", "a", "0", "E", "V", "I", "="):
            assert await screen.press(key) == cover
        await screen.press("enter")
        assert "> Perpetrator" in screen.body
        await screen.press("1 s")
        assert "settled 1" in screen.status
        assert cover in screen.body
        await screen.press("enter } {")
        assert cover in screen.body
