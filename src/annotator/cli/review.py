"""`annotator review`: settle the disagreements of a round, on the screen or in plain prompts."""

from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.configured import configured_for_screen
from annotator.cli.person import person
from annotator.cli.projects import checked, opened
from annotator.cli.terminal import on_screen
from annotator.work.review_choices import Only, QueueFilter, ReviewOrder, pair_of

EXAMPLES = (
    "annotator review --lead lina",
    "annotator review --lead lina --round pilot --plain",
    "annotator review --lead lina --variable perpetrator --pair regime_air,coalition",
    "annotator review --lead lina --only flagged --unanimous .03",
)


def review(
    lead: Annotated[str, typer.Option(metavar="NAME", help="Who settles.", show_default=False)],
    round_name: options.Round = None,
    order: Annotated[
        ReviewOrder,
        typer.Option(help="The lowest agreement first, as reports have it, or by what differs."),
    ] = ReviewOrder.AGREEMENT,
    variable: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Only where coders differ in this question.", show_default=False
        ),
    ] = None,
    pair: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            help="Only where one coder gave code A to that question and another code B.",
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        Only | None,
        typer.Option(
            help="Only passages of a kind; those on which coders agree come in too.",
            show_default=False,
        ),
    ] = None,
    unanimous: Annotated[
        float,
        typer.Option(
            metavar="SHARE",
            min=0,
            max=1,
            help="Look at this share of the passages on which all agree too, such as .03.",
        ),
    ] = 0.0,
    plain: options.Plain = False,
    project: options.Project = options.DEFAULT_PROJECT,
) -> None:
    """Settle the passages that were coded differently, the lowest agreement first.

    Codings stand side by side without names and in random order. Nobody settles a passage they
    coded themselves.
    """
    name = person(lead, "--lead")
    chosen = QueueFilter(order, variable or "", pair_of(pair) if pair else None, only, unanimous)
    if on_screen(plain):
        from annotator.tui.review import run_review

        run_review(checked(project), round_name, name, configured_for_screen(), chosen)
        return
    with opened(project) as target:
        from annotator.cli.lines import Lines
        from annotator.cli.plain_review import run_plain_review
        from annotator.work.review import ReviewSession
        from annotator.work.rounds import round_named

        session = ReviewSession(target, round_named(target, round_name), name, chosen)
        run_plain_review(session, Lines())
