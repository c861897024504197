import json
import re
from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from store_world import main_round

from annotator.store.codings import EventHead, last_data_event, log_export
from annotator.store.device import device_id
from annotator.store.events import event_hash, new_id
from event_log import events


@given(st.lists(st.integers(0, 2**47), min_size=2, max_size=20))
def test_ids_rise_whatever_the_clock_says(clock: list[int]) -> None:
    last = ""
    for milliseconds in clock:
        following = new_id(last, milliseconds)
        assert following > last
        assert UUID(following).version == 7
        assert UUID(following).variant == "specified in RFC 4122"
        last = following


@given(st.integers(0, 2**47))
def test_an_id_holds_its_time(milliseconds: int) -> None:
    assert UUID(new_id("", milliseconds)).int >> 80 == milliseconds


def test_events_are_chained_and_hashed(project) -> None:
    found = events(project)
    assert [event.kind for event in found] == [
        "project_created",
        "codebook_adopted",
        "reports_imported",
        "reports_imported",
    ]
    assert [event.seq for event in found] == [1, 2, 3, 4]
    assert [event.prev for event in found] == ["", *(event.hash for event in found[:-1])]
    assert all(event_hash(event) == event.hash for event in found)
    assert {event.device for event in found} == {device_id()}


def test_the_hash_covers_every_field_of_an_event(project) -> None:
    event = events(project)[0]
    for change in (
        {"actor": "x"},
        {"body": "{}"},
        {"seq": 2},
        {"kind": "x"},
        {"device": "x"},
        {"prev": "x"},
        {"at": event.at.replace(year=2000)},
        {"id": "x"},
    ):
        assert event_hash(replace(event, **change)) != event.hash


def test_an_import_names_its_reports_by_key_and_hash(project) -> None:
    body = json.loads(events(project)[-1].body)
    [[key, digest, passages]] = body["reports"]
    assert re.fullmatch("r[0-9a-f]{20}", key)
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert passages == 3
    assert body["file"] == "report-2.txt"


def test_an_export_is_logged_but_changes_no_data(project) -> None:
    main_round(project)
    last = events(project)[-1]
    log_export(project, "analyst", {"folder": "exports/x"})
    assert last_data_event(project) == EventHead(last.at, last.id, last.hash)
    assert events(project)[-1].kind == "exported"


def test_a_device_keeps_its_id(monkeypatch, tmp_path) -> None:
    assert device_id() == device_id()
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(blocked))
    assert device_id() != device_id()
