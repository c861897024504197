"""What stands in the tables of an export: states, sets, counts, final codings, versions."""

from pathlib import Path

import pytest
from exchange_projects import (
    HOSTILE,
    REPORT,
    claims,
    light,
    light_coding,
    make_project,
    passages,
    read_csv,
    read_json,
    span,
    start_round,
    stated,
    submit,
)

from annotator.codebook.reader import parse_codebook
from annotator.coding.model import Answer, Coding, Override, Record, State
from annotator.coding.skipping import SkipReason
from annotator.coding.values import Count
from annotator.exchange.export import export_project
from annotator.store.adjudications import adjudicate, withdraw
from annotator.store.making import adopt_codebook
from annotator.store.sent_back import send_back
from annotator.work.start import desk_for


def test_each_chosen_code_has_a_row_and_the_empty_set_has_one_too(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as project:
        one, (first, second, _) = start_round(project), passages(project)
        submit(project, one, first, "Rana", light_coding("regime_air", "isis", killed="12+"))
        submit(project, one, second, "Rana", light_coding())
        folder = export_project(project, tmp_path / "out", actor="lead").folder
    rows = read_csv(folder / "data/codings_long.csv")
    said = [(row["passage"], row["value"]) for row in rows if row["variable"] == "perpetrator"]
    assert said == [("1", "regime_air"), ("1", "isis"), ("2", "{}")]
    (killed, silent) = [row for row in rows if row["variable"] == "killed"]
    assert [killed[name] for name in ("value", "low", "best", "high", "form")] == [
        "12+", "12", "12", "", "at_least",
    ]  # fmt: skip
    assert (silent["value"], silent["state"]) == ("", "not_stated")
    wide = read_csv(folder / "data/codings_wide.csv")
    assert [row["perpetrator__isis"] for row in wide] == ["1", "0"]
    assert [row["perpetrator__sdf"] for row in wide] == ["0", "0"]
    assert [row["perpetrator_state"] for row in wide] == ["stated", "stated"]
    assert [row["killed_low"] for row in wide] == ["12", ""]
    assert [row["women_state"] for row in wide] == ["", ""]


def test_numbers_are_bare_text_is_quoted_and_nothing_is_nothing(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as project:
        one, (first, *_) = start_round(project), passages(project)
        submit(project, one, first, "Rana", light_coding("isis", killed="9"))
        folder = export_project(project, tmp_path / "out", actor="lead").folder
    raw = (folder / "data/codings_long.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n")
    killed = next(row for row in raw.decode().split("\r\n") if '"killed"' in row)
    assert ',"9",,"stated",9,9,9,"exact",,' in killed
    assert '""' not in killed


@pytest.mark.parametrize("note", HOSTILE)
def test_words_of_reports_and_coders_stay_exact(tmp_path: Path, note: str) -> None:
    with make_project(tmp_path, claims()) as project:
        one, (_, arabic, _) = start_round(project), passages(project)
        mark = span(arabic, 'ستة مدنيين 🕊 ببرميل متفجر في عين الورد، بحسب "شبكة')
        answers = {"remark": stated(note, mark, note=note)}
        submit(project, one, arabic, "Rana", Coding(answers))
        folder = export_project(project, tmp_path / "out", actor="lead", with_text=True).folder
    (row,) = read_csv(folder / "data/codings_long.csv")
    assert (row["value"], row["note"]) == (note, note)
    (wide,) = read_csv(folder / "data/codings_wide.csv")
    assert wide["remark"] == note
    (evidence,) = read_csv(folder / "data/evidence.csv")
    passage = read_csv(folder / "data/passages.csv")[1]
    start = int(evidence["start"]) - int(passage["start"])
    end = int(evidence["end"]) - int(passage["start"])
    assert passage["text"] == arabic.text
    assert passage["text"][start:end] == evidence["exact"] == mark.text


def test_text_and_names_go_out_only_when_asked(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as project:
        one, (first, *_) = start_round(project), passages(project)
        submit(project, one, first, "Rana Haddad", light_coding("isis"))
        folder = export_project(project, tmp_path / "out", actor="Omar Nasser").folder
        asked = export_project(
            project, tmp_path / "out", actor="lead", with_text=True, with_coder_names=True
        ).folder
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for word in ("Rana", "Omar", "among them a child, were", "detention; their names"):
        assert word.encode() not in everything
    assert read_csv(asked / "data/coders.csv")[0]["name"] == "Rana Haddad"
    assert read_csv(asked / "data/passages.csv")[0]["text"].startswith("Four people")


def test_a_pseudonym_stays_with_its_coder_whatever_is_exported(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as project:
        first, *_ = passages(project)
        for name, coders in (("pilot", "AB"), ("main", "CD")):
            one = start_round(project, name)
            for coder in coders:
                submit(project, one, first, coder, light_coding("isis"))

        def names(round_name: str | None) -> dict[str, str]:
            result = export_project(
                project, tmp_path / "out", actor="x", round_name=round_name, with_coder_names=True
            )
            rows = read_csv(result.folder / "data/coders.csv")
            return {row["name"]: row["coder"] for row in rows}

        everyone, main = names(None), names("main")
    assert set(everyone) == set("ABCD")
    assert len(set(everyone.values())) == 4
    assert main == {name: everyone[name] for name in "CD"}


def test_only_the_latest_revision_goes_out(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as project:
        one, (first, *_) = start_round(project), passages(project)
        submit(project, one, first, "Rana", light_coding("isis"))
        submit(project, one, first, "Rana", light_coding("sdf"))
        folder = export_project(project, tmp_path / "out", actor="lead").folder
    (row,) = read_csv(folder / "data/codings_wide.csv")
    assert (row["revision"], row["perpetrator__sdf"], row["perpetrator__isis"]) == ("2", "1", "0")


def test_the_final_coding_is_adjudicated_else_unanimous_else_none(tmp_path: Path) -> None:
    texts = (REPORT, REPORT.replace("Umm al-Sinbil", "Ain al-Ward"))
    with make_project(tmp_path, light(), *texts) as project:
        one, found = start_round(project), passages(project)
        same, differ, settled, unresolved, single, _ = found
        for passage, codes in (
            (same, ("isis", "isis")),
            (differ, ("isis", "sdf")),
            (settled, ("isis", "sdf")),
            (unresolved, ("isis", "sdf")),
            (single, ("isis",)),
        ):
            for coder, code in zip("AB", codes, strict=False):
                submit(project, one, passage, coder, light_coding(code))
        for passage, outcome in ((settled, "take"), (unresolved, "cannot_resolve")):
            coding = light_coding("mines") if outcome == "take" else Coding()
            key, number = passage.report_key, passage.number
            adjudicate(project, one.id, key, number, "lead", coding, outcome, "slip", "a note")
        folder = export_project(project, tmp_path / "out", actor="lead").folder
    rows = read_csv(folder / "data/final_wide.csv")
    wanted = ("settled_by", "agreed", "n_coders", "role", "reason", "perpetrator_state")
    assert [tuple(row[name] for name in wanted) for row in rows] == [
        ("unanimity", "1", "2", "coder", "", "stated"),
        ("disagreement", "0", "2", "", "", ""),
        ("adjudication", "0", "2", "adjudicated", "slip", "stated"),
        ("cannot_resolve", "0", "2", "", "slip", ""),
        ("unanimity", "", "1", "coder", "", "stated"),
    ]
    assert [row["perpetrator__isis"] for row in rows] == ["1", "", "0", "", "1"]
    assert [row["perpetrator__mines"] for row in rows] == ["0", "", "1", "", "0"]
    long = read_csv(folder / "data/codings_long.csv")
    lead = [row for row in long if row["role"] == "adjudicated"]
    assert {row["report"] for row in lead} == {settled.report_key}
    assert {row["revision"] for row in lead} == {""}


def test_what_a_lead_settled_goes_out_though_nobody_coded_it_and_what_was_withdrawn_does_not(
    tmp_path: Path,
) -> None:
    with make_project(tmp_path, light()) as project:
        one, (given_back, taken_back, again) = start_round(project), passages(project)
        desk = desk_for(project, one.name, "A")
        desk.skip(desk.at_place(1) or 0, SkipReason.LANGUAGE, "")
        for passage in (taken_back, again):
            submit(project, one, passage, "A", light_coding("isis"))
            submit(project, one, passage, "B", light_coding("sdf"))
        for passage, code in (
            (given_back, "mines"),
            (taken_back, "mines"),
            (again, "mines"),
            (again, "isis"),
        ):
            at = passage.report_key, passage.number
            last = adjudicate(project, one.id, *at, "lead", light_coding(code), "new", "slip")
            if passage is taken_back or code == "isis":
                withdraw(project, last, "lead")
        send_back(project, one.id, again.report_key, again.number, ["A"], "lead", "Look once more")
        folder = export_project(project, tmp_path / "out", actor="lead").folder
    rows = read_csv(folder / "data/final_wide.csv")
    wanted = ("passage", "settled_by", "agreed", "n_coders", "perpetrator__mines")
    assert [tuple(row[name] for name in wanted) for row in rows] == [
        ("1", "adjudication", "", "0", "1"),
        ("2", "disagreement", "0", "2", ""),
        ("3", "adjudication", "0", "2", "1"),
    ]
    long = read_csv(folder / "data/codings_long.csv")
    assert {(row["passage"], row["role"]) for row in long} == {
        ("1", "adjudicated"),
        ("2", "coder"),
        ("3", "coder"),
        ("3", "adjudicated"),
    }
    assert "Look once more" not in "".join(
        file.read_text(encoding="utf-8") for file in folder.rglob("*.csv")
    )


def test_a_settlement_that_a_coder_revised_since_is_marked(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as project:
        one, (first, second, third) = start_round(project), passages(project)
        for passage in (first, second):
            submit(project, one, passage, "A", light_coding("isis"))
            submit(project, one, passage, "B", light_coding("sdf"))
            key, number = passage.report_key, passage.number
            adjudicate(project, one.id, key, number, "lead", light_coding("mines"), "take", "slip")
        submit(project, one, second, "A", light_coding("sdf"))
        submit(project, one, third, "A", light_coding("sdf"))
        folder = export_project(project, tmp_path / "out", actor="lead").folder
    rows = read_csv(folder / "data/final_wide.csv")
    assert [(row["settled_by"], row["revised_since"]) for row in rows] == [
        ("adjudication", "0"),
        ("adjudication", "1"),
        ("unanimity", "0"),
    ]


def test_records_stand_with_their_parents_and_values(tmp_path: Path) -> None:
    with make_project(tmp_path, claims()) as project:
        one, (first, second, _) = start_round(project), passages(project)
        act = Record("r2", "act", {"perpetrator": stated("isis")})
        answers = {"kind": stated("killing"), "total": stated(Count.parse("10-15"))}
        claim = Record("r1", "claim", answers, (span(first, "Four people"),), (act,))
        submit(project, one, first, "Rana", Coding({}, (claim,)))
        submit(project, one, second, "Rana", Coding({}, (), "context"))
        folder = export_project(project, tmp_path / "out", actor="lead").folder
    rows = read_csv(folder / "data/records.csv")
    assert [(row["record"], row["unit"], row["parent"]) for row in rows] == [
        ("r1", "claim", ""),
        ("r2", "act", "r1"),
    ]
    assert [(row["kind"], row["total_high"], row["perpetrator"]) for row in rows] == [
        ("killing", "15", ""),
        ("", "", "isis"),
    ]
    (none,) = [
        row for row in read_csv(folder / "data/codings_long.csv") if row["variable"] == "none"
    ]
    assert (none["value"], none["label"]) == ("context", "Background only")
    assert [row["none"] for row in read_csv(folder / "data/codings_wide.csv")] == ["", "context"]


def test_rounds_under_two_codebook_versions_share_columns_where_they_can(tmp_path: Path) -> None:
    old = claims()
    source = old.source.replace("1.2.0", "1.3.0").replace("Any", "Is there any")
    source = source.replace("{id: rus, label: Russia}, {id: syr", "{id: sdf, label: SDF}, {id: syr")
    source = source.replace("share, question: How much of it?, type: number, min: 0, max: 100",
                            "share, question: How much of it?, type: text")  # fmt: skip
    new = parse_codebook(source, "new.yaml")
    with make_project(tmp_path, old) as project:
        first, *_ = passages(project)
        before = start_round(project, "pilot")
        submit(
            project, before, first, "A", Coding({"actors": stated(("rus",)), "share": stated(7)})
        )
        adopt_codebook(project, new.source, new, actor="lead")
        after = start_round(project, "main")
        coding = Coding({"actors": stated(("sdf",)), "share": stated("half")})
        submit(project, after, first, "A", coding)
        folder = export_project(project, tmp_path / "out", actor="lead").folder
    pilot, main = read_csv(folder / "data/codings_wide.csv")
    assert folder.name.endswith("_cb1.3.0")
    assert [pilot[f"actors__{code}"] for code in ("sdf", "syr", "rus")] == ["", "0", "1"]
    assert [main[f"actors__{code}"] for code in ("sdf", "syr", "rus")] == ["1", "0", ""]
    assert (pilot["share"], pilot["share_2"]) == ("", "7")
    assert (main["share"], main["share_2"]) == ("half", "")
    manifest = read_json(folder / "manifest.json")
    assert [one["version"] for one in manifest["codebooks"]] == ["1.3.0", "1.2.0"]
    sources = {path.read_text(encoding="utf-8") for path in folder.glob("codebook/*.yaml")}
    assert sources == {old.source, new.source}


def test_a_state_is_not_a_missing_answer(tmp_path: Path) -> None:
    with make_project(tmp_path, claims()) as project:
        one, (first, *_) = start_round(project), passages(project)
        answers = {
            "mention": Answer(state=State.UNKNOWN),
            "actors": Answer(state=State.NOT_APPLICABLE),
        }
        submit(project, one, first, "Rana", Coding(answers))
        folder = export_project(project, tmp_path / "out", actor="lead").folder
    (wide,) = read_csv(folder / "data/codings_wide.csv")
    assert (wide["mention"], wide["mention_state"]) == ("", "unknown")
    assert (wide["actors__rus"], wide["actors_state"]) == ("", "not_applicable")
    assert (wide["tone"], wide["tone_state"]) == ("", "")


def test_inferred_answers_are_marked_where_an_offer_can_give_them(tmp_path: Path) -> None:
    inferred = Answer("isis", inferred=True)
    with make_project(tmp_path, claims()) as project:
        one, (first, *_) = start_round(project), passages(project)
        answers = (inferred, stated("isis"), Answer(state=State.UNKNOWN), None)
        acts = tuple(
            Record(f"r{number}", "act", {"perpetrator": answer} if answer else {})
            for number, answer in enumerate(answers, 2)
        )
        # A project of another office may have a mark where no offer can put one here.
        tone = {"tone": Answer("mid", inferred=True)}
        submit(project, one, first, "Rana", Coding(tone, (Record("r1", "claim", {}, (), acts),)))
        folder = export_project(project, tmp_path / "out", actor="lead").folder
    records = read_csv(folder / "data/records.csv")
    assert [row["perpetrator_inferred"] for row in records] == ["", "1", "0", "0", ""]
    assert [name for name in records[0] if name.endswith("_inferred")] == ["perpetrator_inferred"]
    long = read_csv(folder / "data/codings_long.csv")
    assert [(row["variable"], row["inferred"]) for row in long] == [
        ("tone", "1"),
        ("perpetrator", "1"),
        ("perpetrator", "0"),
        ("perpetrator", "0"),
    ]
    described = read_json(folder / "datapackage.json")["resources"]
    (fields,) = [one["schema"]["fields"] for one in described if one["name"] == "records"]
    (column,) = [field for field in fields if field["name"] == "perpetrator_inferred"]
    assert column["type"] == "boolean"


def test_overrides_stand_with_what_the_check_says_and_why_it_was_let_stand(tmp_path: Path) -> None:
    overrides = (
        Override("I1", "r2", '=the text: "they" laid it'),
        Override("W1", "", "as printed"),
        Override("Z9", "", "of another codebook"),
    )
    act = Record("r2", "act", {"perpetrator": stated("isis")})
    coding = Coding(
        {"tone": stated("mid")}, (Record("r1", "claim", {}, (), (act,)),), "", overrides
    )
    with make_project(tmp_path, claims()) as project:
        one, (first, second, _) = start_round(project), passages(project)
        submit(project, one, first, "Rana", coding)
        submit(project, one, second, "Rana", Coding())
        settled = (first.report_key, first.number, "Dina", coding, "take", "slip")
        adjudicate(project, one.id, *settled)
        folder = export_project(project, tmp_path / "out", actor="lead").folder
    rows = read_csv(folder / "data/overrides.csv")
    assert [row["role"] for row in rows] == ["coder"] * 3 + ["adjudicated"] * 3
    assert {(row["passage"], row["round"], row["codebook_version"]) for row in rows} == {
        ("1", "main", "1.2.0")
    }
    assert [
        (row["record"], row["check"], row["kind"], row["sentence"], row["reason"])
        for row in rows[:3]
    ] == [
        ("r2", "I1", "confirm", "Does the text say so?", '=the text: "they" laid it'),
        ("", "W1", "warn", 'Is this "so-so"?', "as printed"),
        ("", "Z9", "", "", "of another codebook"),
    ]


def test_a_project_without_overrides_has_an_empty_table_of_them(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as project:
        one, (first, *_) = start_round(project), passages(project)
        submit(project, one, first, "Rana", light_coding("isis"))
        result = export_project(project, tmp_path / "out", actor="lead")
    assert result.rows["data/overrides.csv"] == 0
    assert not any(
        name.endswith("_inferred") for name in read_csv(result.folder / "data/codings_wide.csv")[0]
    )
