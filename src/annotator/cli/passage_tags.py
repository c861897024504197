"""`annotator passages tag`: say of passages what everyone who is to read them should know."""

from enum import StrEnum
from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.output import many, say
from annotator.cli.projects import opened

EXAMPLES = (
    "annotator passages tag graphic report.txt:3 report.txt:4",
    "annotator passages tag graphic report.txt:3 --remove",
)


class Tag(StrEnum):
    """What can be said of a passage."""

    GRAPHIC = "graphic"


def tag(
    what: Annotated[Tag, typer.Argument(metavar="TAG", help="The tag: graphic.")],
    passages: Annotated[
        list[str],
        typer.Argument(
            metavar="PASSAGES",
            help="Each as REPORT:NUMBER; REPORT is a key or the name of a file.",
        ),
    ],
    remove: Annotated[bool, typer.Option("--remove", help="Take the tag off them.")] = False,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
) -> None:
    """Tag passages: the text of a graphic one stays covered until its coder asks for it."""
    from annotator.exchange.passages import named_places
    from annotator.store.tags import tag_passages

    with opened(project) as target:
        places = named_places(target, passages)
        changed = tag_passages(target, what, places, actor=by, tagged=not remove)
    done = f"no longer tagged as {what}" if remove else f"tagged as {what}"
    same = len(set(places)) - changed
    say(f"{many(changed, 'passage')} {done}{f', {same} left as they were' if same else ''}.")
