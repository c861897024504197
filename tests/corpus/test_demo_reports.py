"""The demo's reports are read as real ones would be."""

from importlib.resources import as_file, files

from annotator.corpus.readers import find_files, read_file


def test_the_demo_has_four_reports_and_seventeen_passages() -> None:
    with as_file(files("annotator") / "demo_data" / "reports") as folder:
        reports = [report for path in find_files([str(folder)]) for report in read_file(path)]
    assert [len(report.passages) for report in reports] == [4, 4, 4, 5]
    assert [report.language for report in reports] == ["ar", "", "", ""]
    for report in reports:
        assert report.publisher
        assert report.headline
        assert report.date
        assert not report.stripped
        assert not report.skipped
