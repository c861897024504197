"""What a coder in training reads, as lines: an answer beside the known one, and the result."""

from annotator.tui.lines import Line, line, padded, paragraph
from annotator.work.lesson import Lesson
from annotator.work.training_result import TrainingResult

_NUMBER = 7


def lesson_lines(lesson: Lesson, width: int) -> list[Line]:
    """A lesson, differences first.

    Args:
        lesson: The lesson.
        width: Cells of a line.
    """
    lines = paragraph(lesson.verdict, width, "refused" if lesson.differing else "good")
    for one in lesson.differing:
        lines += [(), *paragraph(one.title, width, "bold")]
        lines += _beside("you", one.given_words, width)
        lines += _beside("answer", one.known_words, width)
        if not one.counts:
            lines += paragraph("Words of one's own are not counted.", width, "dim", 2)
    if lesson.trap:
        lines += [(), line("Why it is hard", "title"), *paragraph(lesson.trap, width, indent=2)]
    if lesson.agreed:
        lines += [(), line("Both say", "title")]
        for one in lesson.agreed:
            lines += paragraph(f"{one.title}: {one.known_words}", width, "dim", 2)
    return [*lines, (), line("The passage", "title"), *paragraph(lesson.text, width, indent=2)]


def _beside(who: str, words: str, width: int) -> list[Line]:
    first, *rest = paragraph(words, width - 10)
    head = padded(f"  {who}", 10)
    return [((head, "key"), *first), *(((" " * 10, ""), *one) for one in rest)]


def result_lines(result: TrainingResult, width: int) -> list[Line]:
    """The result of training: the verdict, then how each code was met.

    Args:
        result: The result.
        width: Cells of a line.
    """
    lines = paragraph(result.sentence, width, "good" if result.passed else "refused")
    same = f"{result.n_same} of {result.n_submitted} passages without a difference."
    heads = "".join(f"{head:>{_NUMBER}}" for head in ("found", "missed", "added"))
    room = width - 3 * _NUMBER
    lines += [*paragraph(same, width), (), line(padded("", room) + heads, "title")]
    for one in result.codes:
        numbers = "".join(f"{n:>{_NUMBER}}" for n in (one.found, one.missed, one.added))
        style = "refused" if one in result.below else ""
        lines.append(line(padded(one.title, room) + numbers, style))
    return lines
