"""Gold answers from a file of codings."""

from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.exchange.coding_lines import LineError, parse_line
from annotator.exchange.report_names import ReportNames
from annotator.store.known_answers import Answer
from annotator.store.project import Project
from annotator.work.gold import checked

_BOM = b"\xef\xbb\xbf"


def read_gold(path: Path, project: Project) -> tuple[Answer, ...]:
    """The codings of a file as gold answers, whoever made them.

    Args:
        path: A file as `annotator codings export` writes it, with a coding of each passage.
        project: The project, with the reports that the codings are of.

    Raises:
        AnnotatorError: The file cannot be read, a line of it is no coding, it names no report of
            this project, or an answer is none under the project's codebook.
    """
    if project.owns(path):
        raise AnnotatorError(f"{path}: this is the project itself; name a file of codings.")
    names = ReportNames(project)
    answers: list[Answer] = []
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                text = raw.removeprefix(_BOM) if number == 1 else raw
                if text.strip():
                    answers.append(_answer(text, names, f"{path}:{number}"))
    except OSError as error:
        raise AnnotatorError(
            f"{path}: the file cannot be read ({error.strerror}); check its name and permissions."
        ) from None
    if not answers:
        raise AnnotatorError(f"{path}: the file holds no codings; name one with a line for each.")
    return checked(project, answers)


def _answer(raw: bytes, names: ReportNames, where: str) -> Answer:
    try:
        line = parse_line(raw)
    except LineError as error:
        raise AnnotatorError(f"{where}: {error}; mend the line.") from None
    keys = names.keys(line.report)
    if len(keys) != 1:
        why = "several reports of this project" if keys else "no report of this project"
        raise AnnotatorError(f"{where}: {line.report} is {why}; give the key of one.")
    return Answer(keys[0], line.passage, line.coding)
