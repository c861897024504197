"""Training, gold and repeats on the command line, from `round new` to `round results`."""

import json
import re
from pathlib import Path

import pytest
from cli_runs import Command

from annotator.codebook.shipped import shipped_codebooks
from annotator.coding.form import from_form
from annotator.store.assignments import counters
from annotator.store.codings import codings
from annotator.store.held import held
from annotator.store.known_answers import known_answers
from annotator.store.project import open_project
from annotator.store.rounds import named_round
from annotator.store.verify import verify
from known_truth import known_truth_project
from projects import LIGHT, make_project
from training_projects import EXAMPLES, THREE, training_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_project(tmp_path / "annotator.db", LIGHT)


# --- training ------------------------------------------------------------------------------------


def typed_by(path: Path, round_name: str, answers: dict[str, str] | None = None) -> str:
    """What a coder types at plain prompts to give the known answers of a round, or others."""
    lines: list[str] = []
    with open_project(path) as project:
        known = known_answers(project, named_round(project, round_name).id)
    for one in known:
        form = {**one.form, **(answers or {})}
        for number, name in enumerate(("perpetrator", "cause", "killed", "children", "women"), 1):
            value = form.get(name)
            if isinstance(value, list):
                lines += [f".go {number}", " ".join(value) or "-"]
            elif isinstance(value, str):
                lines += [f".go {number}", value]
        # The empty line goes on from the known answer.
        lines += [".submit", ""]
    return "\n".join([*lines, ""])


def test_a_coder_trains_on_the_shipped_examples_and_passes(project, command: Command):
    opened = command("round", "new", "train", "--purpose", "training", "--examples", "perpetrators")
    assert opened.code == 0
    assert "8 examples of perpetrators_examples.yaml, 0.8 passes" in opened.out
    done = command("code", "--coder", "amal", "--plain", stdin=typed_by(project, "train"))
    assert done.code == 0
    assert "Passed: agreement with the known answers 1.00, needed 0.8." in done.out
    assert "- Killed: " in done.out
    wrong = typed_by(project, "train", {"perpetrator": ["sdf"], "killed": "77"})
    failed = command("code", "--coder", "basim", "--plain", stdin=wrong)
    assert "Not passed: agreement with the known answers" in failed.out
    found = command("round", "results", "train")
    (amal,) = (row for row in found.out.splitlines() if row.startswith("amal "))
    (basim,) = (row for row in found.out.splitlines() if row.startswith("basim "))
    assert "8 of 8" in amal
    assert " passed" in amal
    assert "not passed" in basim
    data = json.loads(command("round", "results", "train", "--json").out)
    assert [(one["coder"], one["passed"]) for one in data["coders"]] == [
        ("amal", True),
        ("basim", False),
    ]
    assert data["coders"][0]["assessed"]["passed"] is True
    of_amal = {one["variable"]: one for one in data["coders"][0]["variables"]}
    alpha = next(one for one in of_amal["cause"]["estimates"] if one["name"] == "alpha")
    assert alpha["value"] == 1.0
    shown = command("round", "show", "train")
    assert "not passed" in shown.out
    training = json.loads(command("round", "show", "train", "--json").out)["training"]
    assert [one["passed"] for one in training] == [True, False]
    status = command("status").out
    assert "Training:" in status
    (basim,) = (row for row in status.splitlines() if row.startswith("train") and "not" in row)
    assert basim.split()[:4] == ["train", "basim", "not", "passed"]
    assert "coders or more have coded" not in status
    (row,) = json.loads(command("status", "--json").out)["rounds"]
    assert [(one["coder"], one["passed"]) for one in row["assessed"]] == [
        ("amal", True),
        ("basim", False),
    ]
    with open_project(project) as target:
        assert verify(target) == []


def test_what_coders_train_on_is_in_no_count_list_or_export(project, command: Command, tmp_path):
    before = command("status", "--json").out, command("passages").out
    command("round", "new", "train", "--purpose", "training", "--examples", str(EXAMPLES))
    typed = typed_by(project, "train")
    command("code", "--coder", "amal", "--round", "train", "--plain", stdin=typed)
    assert command("passages").out == before[1]
    status, earlier = json.loads(command("status", "--json").out), json.loads(before[0])
    assert (status["reports"], status["passages"]) == (earlier["reports"], earlier["passages"])
    nothing = command("export", "--to", str(tmp_path / "out"))
    assert (nothing.code, "nothing to export" in nothing.sentence) == (1, True)
    refused = command("export", "--to", str(tmp_path / "out"), "--round", "train")
    assert "trains coders on worked examples" in refused.sentence
    command("round", "new", "main")
    command("code", "--coder", "amal", "--round", "main", "--plain", stdin="s\n3\n\n\n\n.submit\n")
    done = command("export", "--to", str(tmp_path / "out"), "--with-text")
    assert done.code == 0
    (folder,) = (tmp_path / "out").iterdir()
    for file in folder.rglob("*.csv"):
        assert "Qasr Wadi" not in file.read_text(encoding="utf-8"), file.name
        assert "train" not in file.read_text(encoding="utf-8").split(","), file.name
    lines = command("codings", "export", "all.jsonl")
    assert lines.code == 0
    assert {json.loads(one)["round"] for one in Path("all.jsonl").read_text().splitlines()} == {
        "main"
    }


def test_a_dry_run_of_training_writes_nothing(project, command: Command):
    said = command(
        "round", "new", "t", "--purpose", "training", "--examples", "perpetrators", "--dry-run"
    )
    assert "would train anyone who comes: 8 examples" in said.out
    with open_project(project) as target:
        assert counters(target, "t") == []
    assert command("round", "list").code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--examples", "perpetrators"), "add --purpose training"),
        (("--pass-at", "0.8"), "--pass-at goes with --examples"),
        (("--purpose", "training", "--examples", "nothing"), "There is no file nothing"),
        (("--purpose", "training", "--examples", "claims"), "for the codebook claims"),
        (("--purpose", "training", "--examples", "perpetrators", "--sample", "2"), "leave out"),
        (("--purpose", "training", "--examples", "perpetrators", "--pass-at", "2"), "pass at"),
        (("--coders", "amal", "--gold-per", "150:10"), "--gold-per goes with --gold"),
        (("--coders", "amal", "--repeat-after", "14d"), "--repeat-after goes with --repeat"),
        (("--coders", "amal", "--repeat", "0"), "is no share"),
        (("--coders", "amal", "--repeat", "0.5", "--repeat-after", "soon"), "write 14d"),
        (("--coders", "amal", "--repeat", "0.5", "--repeat-after", "0d"), "write 14d"),
        (("--coders", "amal", "--repeat", "0.5", "--repeat-after", "99"), "nobody has more than"),
        (("--coders", "amal", "--gold", "no.jsonl"), "cannot be read"),
        (("--coders", "amal", "--gold", "annotator.db"), "the project itself"),
    ],
)
def test_options_that_do_not_fit_are_refused_in_a_sentence(
    project, command: Command, arguments, said
):
    done = command("round", "new", "t", *arguments)
    assert done.code == 2
    assert said in done.sentence
    assert command("round", "list").code == 1


def test_results_of_a_round_without_known_answers_say_how_to_get_some(project, command: Command):
    command("round", "new", "main")
    done = command("round", "results", "main")
    assert done.code == 1
    assert "--examples to train or with --gold" in done.sentence
    assert "no round named x" in command("round", "results", "x").sentence


def test_results_of_training_nobody_began_or_of_nobody_there(tmp_path, command: Command):
    path = str(training_project(tmp_path / "t.db", THREE))
    done = command("round", "results", "training", "--project", path)
    assert (done.code, "Nobody has begun" in done.sentence) == (1, True)
    other = command("round", "results", "training", "--coder", "x", "--project", path)
    assert "x has no passage with a known answer" in other.sentence


# --- gold and repeats ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory):
    """60 passages coded twice by four, with a truth that is known."""
    folder = tmp_path_factory.mktemp("truth")
    return known_truth_project(folder / "k.db", coders=4, passages=60, codings=2, per_report=10)


def gold_file(truth, folder: Path, many: int) -> Path:
    """A file of gold: the truth of the first passages."""
    lines = [
        json.dumps({"report": key, "passage": number, "coder": "lead", "coding": form})
        for (key, number), form in list(truth.truth.items())[:many]
    ]
    file = folder / "gold.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_gold_and_repeats_are_mixed_in_and_tell_how_coders_stray(truth, tmp_path, command: Command):
    path = str(tmp_path / "k.db")
    Path(path).write_bytes(truth.path.read_bytes())
    gold = gold_file(truth, tmp_path, 6)
    done = command(
        *("round", "new", "next", "--coders", "amal,basim", "--codings", "1", "--seed", "3"),
        *("--gold", str(gold), "--gold-per", "10:2", "--repeat", "0.2", "--repeat-after", "5"),
        *("--near-duplicates", "apart", "--project", path),
    )
    assert done.code == 0, done.err
    assert "54 passages, 54 codings: 54 by one." in done.out
    assert "22 codings more, of gold passages and of passages that come again." in done.out
    known = dict(list(truth.truth.items())[:6])
    with open_project(Path(path)) as project:
        round_ = named_round(project, "next")
        assert {one.place for one in known_answers(project, round_.id)} == set(known)
        queues: dict[str, list[tuple[str, int, int]]] = {}
        for one in held(project, round_.id):
            queues.setdefault(one.coder, []).append((one.report_key, one.number, one.occasion))
        for queue in queues.values():
            others = [one for one in queue if one[:2] not in known]
            assert len([one for one in others if one[2] == 1]) == 27
            assert len([one for one in others if one[2] == 2]) == 5
            assert len([one for one in queue if one[:2] in known]) == 6
        _code(project, round_, queues, truth)
        assert verify(project) == []
        second = [row for row in codings(project, round_.id, occasion=None) if row.occasion == 2]
        assert len(second) == 10
        assert all(row.occasion == 1 for row in codings(project, round_.id))
    found = json.loads(command("round", "results", "next", "--json", "--project", path).out)
    of = {(one["coder"], one["kind"]): one for one in found["gold"]}
    assert of["amal", "all"]["passages"] == 6
    assert (of["amal", "all"]["same"], of["basim", "all"]["same"]) == (6, 0)
    assert of["amal", "batch"]["label"] == "01-33"
    assert "Gold passages" in command("round", "results", "next", "--project", path).out
    told = command("status", "--round", "next", "--agreement", "--project", path).out
    assert "Gold, round next: annotator round results next" in told
    own = command("agreement", "intra", "--round", "next", "--json", "--project", path)
    coders = {one["coder"]: one for one in json.loads(own.out)["coders"]}
    assert (coders[None]["passages"], coders["amal"]["passages"]) == (10, 5)
    cause = next(one for one in coders["amal"]["variables"] if one["variable"] == "cause")
    share = next(one for one in cause["estimates"] if one["name"] == "percent_agreement")
    assert share["value"] == 1.0
    table = command("agreement", "intra", "--round", "next", "--project", path).out
    assert "amal, round next: 5 passages twice" in table
    _second_codings_go_out_as_lines_and_into_no_table(path, tmp_path, command)
    # Both coded every gold passage and nothing else in common.
    between = command("agreement", "--round", "next", "--project", path)
    assert (between.code, "coded by two coders" in between.sentence) == (1, True)
    drift = command("agreement", "drift", "--round", "next", "--project", path)
    assert (drift.code, drift.err) == (0, "")
    assert "How far coders meet the gold answers, round next" in drift.out
    assert "How far coders agree with themselves, round next" in drift.out
    of_one = command("agreement", "drift", "--variable", "cause", "-r", "next", "--project", path)
    assert (of_one.code, "coded by two coders" in of_one.sentence) == (1, True)
    shown = command("round", "show", "next", "--project", path).out
    assert "2 gold passages to 10 others, from 6; coders cannot tell which." in shown
    assert "20% of each coder's passages come again, 5 passages later." in shown


def _second_codings_go_out_as_lines_and_into_no_table(
    path: str, folder: Path, command: Command
) -> None:
    lines = folder / "next.jsonl"
    command("codings", "export", str(lines), "--round", "next", "--project", path)
    told = [json.loads(one) for one in lines.read_text(encoding="utf-8").splitlines()]
    assert sum(one.get("occasion", 1) == 2 for one in told) == 10
    again = command("codings", "import", str(lines), "--project", path)
    assert again.out.startswith(f"0 codings added, {len(told)} already there."), again.out
    command("export", "--to", str(folder / "out"), "--round", "next", "--project", path)
    (table,) = (folder / "out").rglob("codings_wide.csv")
    rows = table.read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == len([one for one in told if "occasion" not in one])


def _code(project, round_, queues, truth) -> None:
    """Let amal say the truth both times, and basim something else on gold."""
    from annotator.store.desk import Desk

    for coder, queue in queues.items():
        desk = Desk(project, round_.id, coder)
        for place, (key, number, _) in enumerate(queue, 1):
            item = desk.item(desk.at_place(place))
            form = truth.truth[key, number]
            if coder == "basim":
                form = {**form, "killed": "888"}
            coding = from_form(form, desk.codebook, item.text, item.start)
            desk.submit(item.assignment_id, coding, "", 1.0)


def test_who_joins_later_gets_gold_and_repeats_of_their_own(truth, tmp_path, command: Command):
    path = str(tmp_path / "k.db")
    Path(path).write_bytes(truth.path.read_bytes())
    gold = gold_file(truth, tmp_path, 6)
    command(
        *("round", "new", "next", "--coders", "amal,basim", "--codings", "1", "--seed", "3"),
        *("--gold", str(gold), "--gold-per", "10:2", "--repeat", "0.2", "--repeat-after", "5"),
        *("--near-duplicates", "apart", "--project", path),
    )
    done = command("round", "assign", "next", "--coder", "carim", "--project", path)
    assert done.code == 0, done.err
    known = set(list(truth.truth)[:6])
    with open_project(Path(path)) as project:
        rows = [
            one for one in held(project, named_round(project, "next").id) if one.coder == "carim"
        ]
        assert verify(project) == []
    own = [one for one in rows if (one.report_key, one.number) not in known]
    firsts = [one for one in own if one.occasion == 1]
    assert len(firsts) > 10
    assert len([one for one in own if one.occasion == 2]) == round(len(firsts) * 0.2)
    given = [place for place, one in enumerate(rows) if (one.report_key, one.number) in known]
    assert len(given) == min(6, -(-len(firsts) * 2 // 10))
    assert given != list(range(len(rows) - len(given), len(rows))), "they stand at the end"


def test_the_finals_of_a_round_are_gold_where_two_coders_stand_behind_them(
    truth, tmp_path, command: Command
):
    path = str(tmp_path / "k.db")
    Path(path).write_bytes(truth.path.read_bytes())
    done = command(
        *("round", "new", "next", "--coders", "amal,basim", "--codings", "1"),
        *("--gold", truth.round, "--project", path, "--json"),
    )
    assert done.code == 0, done.err
    with open_project(Path(path)) as project:
        gold = {
            one.place: one.form for one in known_answers(project, named_round(project, "next").id)
        }
        said: dict[tuple[str, int], list[object]] = {}
        for row in codings(project, named_round(project, truth.round).id):
            said.setdefault((row.report_key, row.number), []).append(row.form)
    assert gold
    for place, form in gold.items():
        assert len(said[place]) == 2
        assert form in said[place]
    assert len(gold) < len(said)


def test_finals_that_a_newer_codebook_does_not_know_are_no_gold(truth, tmp_path, command: Command):
    path = str(tmp_path / "k.db")
    Path(path).write_bytes(truth.path.read_bytes())
    opens = ("round", "new", "next", "--coders", "amal", "--gold", truth.round, "--project", path)

    def kept() -> int:
        done = command(*opens, "--dry-run", "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)["design"]["more"]["gold"]["passages"]

    before = kept()
    shipped = shipped_codebooks()["perpetrators"].read_text(encoding="utf-8")
    start, end = shipped.index("      - id: mines\n"), shipped.index("      - id: turkish_border\n")
    newer = tmp_path / "newer.yaml"
    text = re.sub(r"(?m)^version: .*$", "version: 2.0.0", shipped[:start] + shipped[end:])
    newer.write_text(text, encoding="utf-8")
    assert command("codebook", "adopt", str(newer), "--project", path).code == 0
    assert 0 < kept() < before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"coding": {"perpetrator": ["nobody"]}}, "is no coding under"),
        ({"coding": {}}, "is not complete under"),
        ({"report": "none.txt"}, "no report of this project"),
        ({"passage": 99}, "no passage 99"),
    ],
)
def test_gold_that_is_none_opens_no_round(truth, tmp_path, command: Command, change, said):
    path = str(tmp_path / "k.db")
    Path(path).write_bytes(truth.path.read_bytes())
    file = gold_file(truth, tmp_path, 1)
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}), encoding="utf-8")
    done = command(
        "round", "new", "next", "--coders", "amal", "--gold", str(file), "--project", path
    )
    assert done.code == 2
    assert said in done.sentence


def test_two_gold_answers_for_one_passage_are_refused(truth, tmp_path, command: Command):
    path = str(tmp_path / "k.db")
    Path(path).write_bytes(truth.path.read_bytes())
    file = gold_file(truth, tmp_path, 1)
    file.write_text(file.read_text() + "\n" + file.read_text(), encoding="utf-8")
    done = command(
        "round", "new", "next", "--coders", "amal", "--gold", str(file), "--project", path
    )
    assert "two gold answers" in done.sentence


def test_intra_without_a_second_coding_says_how_to_get_one(truth, command: Command):
    done = command("agreement", "intra", "--project", str(truth.path))
    assert (done.code, "--repeat SHARE" in done.sentence) == (1, True)
