"""What `annotator round new` takes to train coders, and to see how far they stray."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli.output import many, print_json, say
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from annotator.store.known_answers import Answer
    from annotator.store.project import Project
    from annotator.work.design import Plan
    from annotator.work.mixed_in import Mix

_TRAIN, _STRAY = "To train coders", "To see how far coders stray"
_AFTER = re.compile(r"(\d{1,6})(d?)")
_PER = re.compile(r"(\d{1,6}):(\d{1,6})")

Examples = Annotated[
    str | None,
    typer.Option(
        metavar="FILE|CODEBOOK",
        help="With --purpose training: passages and known answers from a file of worked examples, "
        "or from those of a codebook that comes with annotator.",
        show_default=False,
        rich_help_panel=_TRAIN,
    ),
]
PassAt = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        help="The agreement with the known answers from which a coder passes.  [default: 0.8]",
        show_default=False,
        rich_help_panel=_TRAIN,
    ),
]
Gold = Annotated[
    str | None,
    typer.Option(
        metavar="FILE|ROUND",
        help="Mix in passages with a known answer, which coders cannot tell from the others: the "
        "codings in a file, or the final ones of a round.",
        show_default=False,
        rich_help_panel=_STRAY,
    ),
]
GoldPer = Annotated[
    str | None,
    typer.Option(
        metavar="N:GOLD",
        help="So many gold passages to N others.  [default: 150:10]",
        show_default=False,
        rich_help_panel=_STRAY,
    ),
]
Repeat = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        help="Give each coder this share of their own passages once more, blind.",
        show_default=False,
        rich_help_panel=_STRAY,
    ),
]
RepeatAfter = Annotated[
    str | None,
    typer.Option(
        metavar="DAYSd|N",
        help="When they come again: so many days after they were submitted, as they fall due, or "
        "so many passages later.  [default: 14d]",
        show_default=False,
        rich_help_panel=_STRAY,
    ),
]


# --- training ------------------------------------------------------------------------------------


def refuse_unfit(
    examples: str | None, pass_at: float | None, purpose: str, others: Iterable[object]
) -> None:
    """Refuse options of `round new` that do not go together where coders are trained.

    Args:
        examples: What `--examples` says.
        pass_at: What `--pass-at` says.
        purpose: What the round is for.
        others: What the options say that choose passages, deal them out or mix some in.

    Raises:
        AnnotatorError: Some do not.
    """
    if examples is None and pass_at is not None:
        raise AnnotatorError("--pass-at goes with --examples, which says what coders train on.")
    if examples is not None and purpose != "training":
        raise AnnotatorError("--examples is for rounds that train coders; add --purpose training.")
    if examples is not None and any(one is not None for one in others):
        raise AnnotatorError(
            "In a round of worked examples everyone codes all of them; leave out the options that "
            "choose passages, deal them out or mix some in."
        )


def train(
    target: "Project",
    name: str,
    examples: str,
    pass_at: float | None,
    *,
    order: str,
    seed: int,
    coders: tuple[str, ...],
    by: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Open a round of training, or say what it would be.

    Raises:
        AnnotatorError: As `annotator.work.training.open_training`.
    """
    from annotator.codebook.shipped import find_examples
    from annotator.work.opening import refuse_clash
    from annotator.work.training import open_training, prepared
    from annotator.work.training_result import PASS_AT

    file = find_examples(examples)
    threshold = PASS_AT if pass_at is None else pass_at
    refuse_clash(target, name, coders)
    made = prepared(target, file, threshold)
    if not dry_run:
        open_training(
            target,
            name=name,
            material=made,
            order=order,
            seed=seed,
            coders=coders or None,
            actor=by,
        )
    if as_json:
        told = {"examples": file.name, "passages": len(made.answers), "pass_at": threshold}
        print_json({"round": name, "opened": not dry_run, "design": None, "training": told})
        return
    who = ", ".join(coders) or "anyone who comes"
    what = f"{many(len(made.answers), 'example')} of {file.name}, {threshold:g} passes"
    if dry_run:
        say(f"Round {name} would train {who}: {what}.")
        say("Nothing was written; leave out --dry-run to open the round.")
    else:
        say(f"Round {name} is open to train {who}: {what}.")
        say(f"Next: annotator code --coder NAME --round {name}")


# --- gold and repeats ----------------------------------------------------------------------------


def mix_of(
    target: "Project",
    gold: str | None,
    gold_per: str | None,
    repeat: float | None,
    repeat_after: str | None,
) -> "tuple[Mix, tuple[Answer, ...]]":
    """What is to be mixed into the queues, and the gold answers.

    Raises:
        AnnotatorError: An option is not as it must be, goes with one that is not there, or names
            no gold.
    """
    from annotator.work.mixed_in import GOLD_PER, Mix

    if gold_per is not None and gold is None:
        raise AnnotatorError("--gold-per goes with --gold, which says where gold comes from.")
    if repeat_after is not None and repeat is None:
        raise AnnotatorError("--repeat-after goes with --repeat, which says how many come again.")
    if repeat is not None and not 0 < repeat <= 1:
        raise AnnotatorError(f"--repeat {repeat:g} is no share; give one such as 0.05.")
    answers = () if gold is None else _gold(target, gold)
    per = GOLD_PER if gold_per is None else _per(gold_per)
    passages, days = (0, 0) if repeat is None else _after(repeat_after or "14d")
    places = tuple((one.report_key, one.number) for one in answers)
    return Mix(places, per, repeat or 0.0, passages, days), answers


def _per(text: str) -> tuple[int, int]:
    found = _PER.fullmatch(text.strip())
    if found is None or not int(found[1]) or not int(found[2]):
        raise AnnotatorError(f"--gold-per {text!r} is none; write 150:10 for 10 gold ones to 150.")
    return int(found[1]), int(found[2])


def _after(text: str) -> tuple[int, int]:
    found = _AFTER.fullmatch(text.strip())
    if found is None or not int(found[1]):
        raise AnnotatorError(
            f"--repeat-after {text!r} is none; write 14d for days, or 200 for passages."
        )
    number = int(found[1])
    return (0, number) if found[2] else (number, 0)


def _gold(target: "Project", gold: str) -> "tuple[Answer, ...]":
    """Gold answers from a file, if there is one of that name, else from a round."""
    from annotator.store.rounds import named_round, rounds

    if not any(row.name == gold for row in rounds(target)):
        from annotator.exchange.gold import read_gold

        return read_gold(Path(gold), target)
    from annotator.work.gold import finals_of

    return finals_of(target, named_round(target, gold))


def refuse_no_repeats(planned: "Plan", mix: "Mix") -> None:
    """Refuse a share to repeat that comes to no passage of anybody."""
    if not mix.repeat_after:
        return
    if not any(one.occasion > 1 for queue in planned.queues.values() for one in queue):
        most = max(map(len, planned.queues.values()), default=0)
        raise AnnotatorError(
            f"No passage can come again {mix.repeat_after} passages later: nobody has more than "
            f"{many(most, 'passage')}; raise --repeat or lower --repeat-after."
        )
