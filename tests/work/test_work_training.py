"""Rounds of training: from worked examples to a verdict."""

import re
from pathlib import Path

import pytest

from annotator.codebook.reader import parse_codebook
from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError, WorkProblem
from annotator.store.assessments import assessments
from annotator.store.corpus import iter_passages, reports
from annotator.store.project import Project, open_project
from annotator.store.rounds import named_round, open_round
from annotator.store.verify import verify
from annotator.work.adoption import adopt
from annotator.work.against_answer import CodeTally
from annotator.work.training import agreement_with_answers, results
from annotator.work.training_result import TrainingResult
from projects import CLAIMS, LIGHT, PASSAGES, ROOT, make_project
from training_projects import (
    EXAMPLES,
    THREE,
    Trainee,
    right,
    train,
    training_project,
    wrong,
)


@pytest.fixture
def project(tmp_path):
    with open_project(training_project(tmp_path / "t.db")) as made:
        yield made


def result_of(project: Project, coder: str = "amal", name: str = "training"):
    (found,) = (one for one in results(project, named_round(project, name)) if one.coder == coder)
    return found


# --- the verdict ---------------------------------------------------------------------------------


def of_counts(*counts: tuple[int, int, int], n_submitted: int = 10) -> TrainingResult:
    codes = tuple(CodeTally("v", str(n), "V", str(n), *one) for n, one in enumerate(counts))
    return TrainingResult("amal", 10, n_submitted, 0, 0.8, codes)


def test_who_agrees_on_every_code_passes_and_at_the_threshold_too():
    assert of_counts((10, 0, 0), (4, 0, 0)).passed
    at = of_counts((8, 2, 2))
    assert (at.agreement, at.passed) == (0.8, True)
    assert not of_counts((8, 2, 3)).passed


def test_one_frequent_code_that_is_missed_fails_whatever_the_rest():
    failed = of_counts((100, 0, 0), (2, 4, 0))
    assert failed.agreement > 0.95
    assert [one.code for one in failed.below] == ["1"]
    assert not failed.passed
    assert "V: 1 0.50" in failed.sentence


def test_a_rare_code_is_judged_with_all_others_only():
    assert of_counts((100, 0, 0), (0, 4, 0)).passed


def test_nobody_passes_before_every_passage_is_submitted():
    early = of_counts((10, 0, 0), n_submitted=9)
    assert not early.passed
    assert "1 of 10 not submitted" in early.sentence
    nothing = TrainingResult("amal", 3, 0, 0, 0.8, ())
    assert (nothing.agreement, nothing.passed) == (None, False)
    assert nothing.sentence == "Nothing is submitted yet."


# --- opening -------------------------------------------------------------------------------------


def test_every_example_is_a_passage_of_its_own_for_this_round_alone(project):
    trainee = Trainee(project)
    assert trainee.session.progress.assigned == 3
    assert trainee.session.item.report.name == "Example one"
    assert [one.name for one in reports(project)] == ["report.txt"]
    assert len(list(iter_passages(project))) == len(PASSAGES)
    main = open_round(
        project, name="main", purpose="main", order="reading", seed=0, coders=None, actor="lead"
    )
    assert Trainee(project, "basim", "main").session.progress.assigned == len(PASSAGES)
    assert main.name == "main"


def test_a_second_round_takes_the_same_examples_again(project, tmp_path):
    train(project, tmp_path, name="second")
    assert len(reports(project, training=True)) == 4
    assert Trainee(project, "amal", "second").session.progress.assigned == 3


@pytest.mark.parametrize(
    ("examples", "said"),
    [
        (THREE.replace("codebook: perpetrators", "codebook: claims"), "for the codebook claims"),
        (THREE.replace("[mines]", "[tanks]"), "examples.yaml:7: two is no coding under"),
        (THREE.replace("cause: [mine], ", ""), "examples.yaml:7: two is not complete under"),
    ],
)
def test_examples_that_do_not_fit_open_nothing(tmp_path, examples, said):
    make_project(tmp_path / "t.db", LIGHT)
    with open_project(tmp_path / "t.db") as project:
        with pytest.raises(AnnotatorError, match=said):
            train(project, tmp_path, examples)
        assert len(reports(project, training=True)) == 1


@pytest.mark.parametrize("pass_at", [0.0, -1.0, 1.01, float("nan")])
def test_a_threshold_that_is_none_opens_nothing(tmp_path, pass_at):
    make_project(tmp_path / "t.db", LIGHT)
    with open_project(tmp_path / "t.db") as project, pytest.raises(AnnotatorError, match="pass at"):
        train(project, tmp_path, pass_at=pass_at)


def test_a_name_that_is_taken_brings_in_no_example(project, tmp_path):
    other = THREE.replace("Tal Amrit", "Dayr Nahr")
    with pytest.raises(AnnotatorError, match="already a round named training"):
        train(project, tmp_path, other)
    assert len(reports(project, training=True)) == 4


def test_the_shipped_examples_of_claims_train_too(tmp_path):
    book = (ROOT / "codebooks" / "claims.yaml").read_text(encoding="utf-8")
    make_project(tmp_path / "c.db", book)
    with open_project(tmp_path / "c.db") as project:
        train(project, tmp_path, ROOT / "codebooks" / "claims_examples.yaml")
        trainee = Trainee(project)
        trainee.fill(right)
        assert trainee.session.progress.assigned > 30
        lesson_is_right = trainee.session.submit()
        if not lesson_is_right.refused:
            assert trainee.session.lesson.differing == ()
        assert verify(project) == []


# --- learning ------------------------------------------------------------------------------------


def test_the_answer_is_shown_after_each_passage_with_what_differs(project):
    trainee = Trainee(project)
    assert trainee.session.lesson is None
    trainee.answer(lambda known: {**known, "killed": "90"})
    lesson = trainee.session.lesson
    assert (lesson.report, lesson.trap) == ("Example one", "The party is named.")
    (one,) = lesson.differing
    assert (one.name, one.given_words, one.known_words) == ("Killed", "90", "9")
    assert {one.name for one in lesson.agreed} == {"Perpetrator", "Cause of death"}
    assert trainee.session.item.report.name == "Example two"


def test_a_lesson_waits_to_be_read_over_a_restart_and_no_longer_once_it_was(project):
    trainee = Trainee(project)
    trainee.answer(wrong)
    assert trainee.restart().lesson.report == "Example one"
    trainee.session.move_row(1)
    assert trainee.restart().lesson.report == "Example one"
    trainee.session.learned()
    assert trainee.session.lesson is None
    assert trainee.restart().lesson is None


def test_a_known_answer_can_be_seen_again_once_submitted_and_not_before(project):
    trainee = Trainee(project)
    assert trainee.session.why_no_lesson() == "Submit the passage to see its answer."
    with pytest.raises(AnnotatorError, match="Submit the passage"):
        trainee.session.known_here()
    trainee.answer(right)
    trainee.session.learned()
    trainee.session.step_passage(-1)
    assert trainee.session.known_here().report == "Example one"


def test_to_undo_a_submission_shows_no_lesson_and_changes_no_result(project):
    trainee = Trainee(project)
    trainee.answer(wrong)
    trainee.session.learned()
    done = trainee.session.undo()
    assert (trainee.session.item.report.name, trainee.session.lesson) == ("Example one", None)
    assert not done.refused
    trainee.answer(right)
    assert trainee.session.lesson is None
    assert result_of(project).result.n_same == 0


def test_a_revision_shows_no_lesson_and_changes_no_result(project):
    trainee = Trainee(project)
    trainee.answer_all(wrong)
    before = result_of(project).result
    trainee.session.open_passage(trainee.desk.at_place(1))
    trainee.answer(right)
    assert trainee.session.lesson is None
    assert result_of(project).result == before
    assert len(assessments(project)) == 1


def test_right_answers_pass_wrong_ones_fail_and_both_are_on_record(project):
    said = Trainee(project, "amal").answer_all(right)
    assert "Passed: agreement with the known answers 1.00, needed 0.8." in said
    said = Trainee(project, "basim").answer_all(wrong)
    assert "Not passed: agreement with the known answers 0.00" in said
    amal, basim = result_of(project, "amal"), result_of(project, "basim")
    assert (amal.assessed.passed, basim.assessed.passed) == (True, False)
    assert amal.assessed.body == amal.result.as_json()
    codes = {(one.variable, one.code): one for one in basim.result.codes}
    assert (codes["perpetrator", "mines"].missed, codes["killed", ""].added) == (1, 3)
    assert verify(project) == []


def test_the_threshold_is_the_rounds_own(tmp_path):
    path = training_project(tmp_path / "t.db", pass_at=0.5)
    with open_project(path) as project:
        said = Trainee(project).answer_all(
            lambda known: right(known) if known["perpetrator"] != ["mines"] else wrong(known)
        )
        found = result_of(project).result
        assert 0.5 <= found.agreement < 0.8
        assert found.passed
        assert "needed 0.5" in said


def test_a_skipped_passage_is_one_not_submitted_until_it_is(project):
    trainee = Trainee(project)
    trainee.answer(right)
    trainee.answer(right)
    done = trainee.session.skip(SkipReason.LANGUAGE)
    assert "Not passed: 1 of 3 not submitted" in done.message
    trainee.session.take_back()
    trainee.answer(right)
    assert [row.passed for row in assessments(project)] == [False, True]


def test_a_session_that_ends_before_the_verdict_gets_it_at_the_next_start(project):
    trainee = Trainee(project)
    trainee.answer(right)
    trainee.answer(right)
    trainee.fill(right)
    # As if the program had been killed between the submission and what follows it.
    trainee.desk.submit(trainee.session.item.assignment_id, trainee.session.coding, "", 0.0)
    assert assessments(project) == []
    assert "Passed" in trainee.restart().verdict
    assert len(assessments(project)) == 1
    trainee.restart()
    assert len(assessments(project)) == 1


def test_another_attempt_is_another_round_and_another_assessment(project, tmp_path):
    Trainee(project).answer_all(wrong)
    train(project, tmp_path, name="second")
    Trainee(project, "amal", "second").answer_all(right)
    assert [row.passed for row in assessments(project)] == [False, True]
    assert result_of(project, name="training").assessed.passed is False
    assert result_of(project, name="second").assessed.passed is True


def test_agreement_with_the_answers_is_that_between_two_coders(project):
    Trainee(project).answer_all(
        lambda known: {**known, "cause": ["shelling"]} if known["cause"] == ["mine"] else known
    )
    round_ = named_round(project, "training")
    found = agreement_with_answers(project, round_, "amal")
    of = {one.variable: one for one in found.variables}
    assert of["perpetrator"].estimate("percent_agreement").value == 1.0
    assert of["cause"].estimate("percent_agreement").value == pytest.approx(2 / 3)
    assert agreement_with_answers(project, round_, "nobody") is None


def test_what_was_coded_in_training_is_not_coded_again_under_another_codebook(project):
    Trainee(project).answer_all(wrong)
    source = re.sub(r"(?m)^version: .*$", "version: 9.0.0", LIGHT)
    source = source.replace("- id: coalition\n", "- id: allies\n")
    done = adopt(project, parse_codebook(source, "book.yaml"), actor="lead", recode="again")
    assert done.adopted
    assert (done.look_again, done.recode) == ((), None)


def test_a_round_without_examples_trains_nobody(project, tmp_path):
    plain = open_round(
        project, name="plain", purpose="training", order="reading", seed=0, coders=None, actor="l"
    )
    with pytest.raises(WorkProblem, match="trains nobody"):
        results(project, plain)
    trainee = Trainee(project, "amal", "plain")
    assert not trainee.session.trains
    assert trainee.session.why_no_lesson() == "There are no answers to look at in this round."


def test_texts_are_cleaned_like_those_of_every_report(tmp_path):
    hidden = THREE.replace("near Umm Tin.", "near Umm\u200b Tin.")
    with open_project(training_project(tmp_path / "t.db", hidden)) as project:
        texts = [one.text for one in iter_passages(project, training=True)]
        assert "A mine killed a farmer near Umm Tin." in texts


def test_the_eight_shipped_examples_pass_who_answers_as_they_do(tmp_path: Path):
    with open_project(training_project(tmp_path / "t.db", EXAMPLES)) as project:
        assert "Passed" in Trainee(project).answer_all(right)
        assert result_of(project).result.n_same == 8


def test_links_and_records_come_through_the_claims_of_a_test_codebook(tmp_path):
    make_project(tmp_path / "t.db", CLAIMS)
    examples = """\
codebook: claims
examples:
  - id: linked
    text: Four people died, two of them children.
    coding:
      claim:
        - {id: c1, kind: killing, total: "4", evidence: [Four people died]}
        - {id: c2, kind: killing, total: "2", part_of: [c1], evidence: [two of them children]}
"""
    with open_project(tmp_path / "t.db") as project:
        train(project, tmp_path, examples)
        trainee = Trainee(project)
        assert "Passed" in trainee.answer_all(right)
        rows = {one.title: (one.found, one.missed) for one in result_of(project).result.codes}
        assert rows["Claim"] == (2, 0)
        assert rows["Total"] == (2, 0)
