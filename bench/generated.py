"""Projects of any size for the benches: generated reports, two plausible coders, one seed.

The text is made of fictional sentences in the manner of a monitor's reports, about one in seven
of them Arabic, so that lengths, scripts and the number of distinct words are like real input.
"""

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

PLACES = (
    "Tal Mazra",
    "Kafr Sabil",
    "Ain Zarba",
    "Dayr Nahr",
    "Umm al-Sinbil",
    "Qasr Hamdan",
    "Ras al-Nahr",
    "Tal Amrit",
)
ENGLISH = (
    "{n} civilians were killed in {place} when regime warplanes struck the market on {day} March",
    "shells fell on the eastern quarter of {place} and {n} people, among them children, died",
    "activists in {place} said that helicopters had dropped barrel bombs and that {n} were dead",
    "a mine left near the orchards of {place} killed {n} farmers who had come back to their land",
    "about {n} hundred families left {place} for the villages to the west on the {day}th",
    "the monitor could not establish who had fired on the bus that was leaving {place}",
    "Turkish border guards shot {n} people who tried to cross near {place} before dawn",
)
ARABIC = (
    "قُتل {n} مدنيين في {place} جراء قصف مدفعي لقوات النظام يوم {day} آذار",
    "وثّق المرصد مقتل {n} أشخاص بانفجار لغم أرضي قرب {place}",
)


def paragraph(dice: random.Random, words: int = 0) -> str:
    """One passage of three to five sentences, about 400 characters, or of so many words."""
    parts: list[str] = []
    sentences = dice.randint(3, 5)
    while len(parts) < sentences if not words else sum(map(_words, parts)) < words:
        pattern = dice.choice(ARABIC if dice.random() < 0.15 else ENGLISH)
        text = pattern.format(
            n=dice.randint(1, 40), day=dice.randint(1, 28), place=dice.choice(PLACES)
        )
        parts.append(text[0].upper() + text[1:])
    return ". ".join(parts) + "."


def _words(text: str) -> int:
    return len(text.split())


def reports_file(
    path: Path, passages: int, per_report: int = 20, seed: int = 7, words: int = 0
) -> Path:
    """Write a JSON Lines file of reports with this many passages in all, each of so many words."""
    dice = random.Random(seed)
    with path.open("w", encoding="utf-8") as stream:
        for number in range(0, passages, per_report):
            size = min(per_report, passages - number)
            text = "\n\n".join(paragraph(dice, words) for _ in range(size))
            row = {
                "id": f"g{number}",
                "title": f"Daily report {number // per_report}",
                "text": text,
            }
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def project(path: Path, passages: int, codebook: str = "perpetrators", words: int = 0) -> Path:
    """Make a project with this many generated passages and nothing coded.

    Args:
        path: The file to make.
        passages: How many.
        codebook: The name of one that is shipped.
        words: About so many to a passage; as in real reports (about 70) if 0.
    """
    from annotator.codebook.reader import read_codebook
    from annotator.codebook.shipped import find_codebook
    from annotator.corpus.readers import read_file
    from annotator.store.corpus import import_reports
    from annotator.store.making import create_project

    source = find_codebook(codebook)
    with tempfile.TemporaryDirectory() as folder:
        # A file of reports may not be larger than 50 MB.
        each = 20_000 if words else 100_000
        files = [
            read_file(
                reports_file(
                    Path(folder) / f"generated-{begun}.jsonl",
                    min(each, passages - begun),
                    seed=7 + begun,
                    words=words,
                )
            )
            for begun in range(0, passages, each)
        ]
        with create_project(
            path,
            name=path.stem,
            codebook_source=source.read_text(encoding="utf-8"),
            codebook=read_codebook(source),
            actor="bench",
        ) as opened:
            for file in files:
                import_reports(opened, file, file, "bench")
    return path


def add_codings(path: Path, coders: int, seed: int = 7) -> int:
    """Let this many coders code every passage, alike in about four of five answers."""
    from annotator.coding.form import from_form
    from annotator.store import assignments, codings, corpus, rounds
    from annotator.store.project import open_project

    with open_project(path) as opened:
        round_ = rounds.open_round(
            opened, name="main", purpose="main", order="reading", seed=0, coders=None, actor="bench"
        )
        for number in range(coders):
            assignments.assign(opened, round_.id, f"coder{number}", "bench")
        book = opened.codebook()
        perpetrators = [code.id for code in book.variable("perpetrator").codes]
        causes = [code.id for code in book.variable("cause").codes]
        dice = random.Random(seed)

        def rows() -> Iterator[codings.NewCoding]:
            for passage in corpus.iter_passages(opened):
                truth = (dice.choice(perpetrators), dice.choice(causes), dice.randint(1, 40))
                for number in range(coders):
                    said = [part if dice.random() < 0.8 else None for part in truth]
                    form = {
                        "perpetrator": [said[0] or dice.choice(perpetrators)],
                        "cause": [said[1] or dice.choice(causes)],
                        "killed": str(said[2] or dice.randint(1, 40)),
                        "children": {"state": "not_stated"},
                        "women": {"state": "not_stated"},
                    }
                    yield codings.NewCoding(
                        round_.id,
                        passage.report_key,
                        passage.number,
                        f"coder{number}",
                        from_form(form, book, passage.text, passage.start),
                        30.0,
                        None,
                    )

        return codings.add_codings(opened, rows(), "bench")
