"""All commands of the command line, in the groups in which the help shows them."""

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from annotator import __version__
from annotator.cli import (
    agreement,
    agreement_compare,
    agreement_confusion,
    agreement_diagnose,
    agreement_drift,
    agreement_intra,
    agreement_plan,
    backup,
    code,
    codebook,
    codebook_examples,
    codebook_trouble,
    codebook_versions,
    codings,
    config,
    demo,
    desk,
    export,
    import_,
    init,
    keys,
    passage_tags,
    passages,
    review,
    round_assignments,
    round_new,
    round_results,
    round_show,
    rounds,
    status,
    tutorial,
    verify,
)

_BEGIN, _CODE, _LEAD, _TAKE_OUT, _KEEP = (
    "Begin",
    "Code",
    "Lead",
    "Take out",
    "Keep safe",
)


class _Commands(TyperGroup):
    """Commands of which some have a name of two words: `agreement plan` beside `agreement`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """See `TyperGroup.resolve_command`."""
        two_words = " ".join(args[:2])
        if len(args) > 1 and two_words in self.commands:
            args = [two_words, *args[2:]]
        return super().resolve_command(ctx, args)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"annotator {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and leave."
        ),
    ] = False,
) -> None:
    """Turn reports of killings into coded data that can be checked.

    Coders step through passages and apply a codebook; leads read agreement and settle
    disagreements; analysts take out tables. Begin with: annotator demo; learn the keys with:
    annotator tutorial
    """


def _add(
    group: typer.Typer,
    name: str,
    function: Callable[..., Any],
    examples: Sequence[str],
    panel: str | None = None,
) -> None:
    group.command(
        name,
        help=_paragraphs(function),
        epilog="\n\n".join(("Examples:", *examples)),
        rich_help_panel=panel,
    )(function)


def _paragraphs(function: Callable[..., Any]) -> str:
    """The text of a docstring without its line breaks, which Typer would keep."""
    text = inspect.getdoc(function) or ""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


app = typer.Typer(
    name="annotator",
    cls=_Commands,
    callback=_root,
    help=_paragraphs(_root),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _group(name: str, help_: str, panel: str) -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help=help_)
    app.add_typer(group, name=name, rich_help_panel=panel)
    return group


_add(app, "demo", demo.demo, demo.EXAMPLES, _BEGIN)
_add(app, "tutorial", tutorial.tutorial, tutorial.EXAMPLES, _BEGIN)
_add(app, "init", init.init, init.EXAMPLES, _BEGIN)
_add(app, "import", import_.import_reports, import_.EXAMPLES, _BEGIN)
_add(app, "passages", passages.passages, passages.EXAMPLES, _BEGIN)
_add(app, "passages tag", passage_tags.tag, passage_tags.EXAMPLES, _LEAD)

_codebook = _group("codebook", "Check, test, show, begin and change codebooks.", _BEGIN)
_add(_codebook, "check", codebook.check, codebook.CHECK_EXAMPLES)
_add(_codebook, "test", codebook_examples.worked_examples, codebook_examples.TEST_EXAMPLES)
_add(_codebook, "show", codebook.show, codebook.SHOW_EXAMPLES)
_add(_codebook, "new", codebook.new, codebook.NEW_EXAMPLES)
_add(_codebook, "diff", codebook_versions.diff, codebook_versions.DIFF_EXAMPLES)
_add(_codebook, "adopt", codebook_versions.adopt, codebook_versions.ADOPT_EXAMPLES)
_add(_codebook, "trouble", codebook_trouble.trouble, codebook_trouble.EXAMPLES)
_add(_codebook, "schema", codebook.schema, codebook.SCHEMA_EXAMPLES)

_add(app, "code", code.code, code.EXAMPLES, _CODE)
_add(app, "status", status.status, status.EXAMPLES, _CODE)
_add(app, "keys", keys.keys, keys.EXAMPLES, _CODE)

_config = _group("config", "Your name, your keys, your colours: how you like to work.", _CODE)
_add(_config, "show", config.show, config.SHOW_EXAMPLES)
_add(_config, "init", config.init, config.INIT_EXAMPLES)
_add(_config, "check", config.check, config.CHECK_EXAMPLES)
_add(_config, "path", config.path, config.PATH_EXAMPLES)

_round = _group("round", "Plan, open, show and close rounds of coding.", _LEAD)
_add(_round, "new", round_new.new, round_new.EXAMPLES)
_add(_round, "list", round_show.list_, round_show.LIST_EXAMPLES)
_add(_round, "show", round_show.show, round_show.SHOW_EXAMPLES)
_add(_round, "results", round_results.results, round_results.EXAMPLES)
_add(_round, "assign", round_assignments.assign, round_assignments.ASSIGN_EXAMPLES)
_add(_round, "unlock", round_assignments.unlock, round_assignments.UNLOCK_EXAMPLES)
_add(_round, "top-up", round_assignments.top_up, round_assignments.TOP_UP_EXAMPLES)
_add(_round, "close", rounds.close, rounds.CLOSE_EXAMPLES)
_add(_round, "reopen", rounds.reopen, rounds.REOPEN_EXAMPLES)

_add(app, "agreement", agreement.agreement, agreement.EXAMPLES, _LEAD)
_add(app, "agreement compare", agreement_compare.compare, agreement_compare.EXAMPLES, _LEAD)
_add(app, "agreement confusion", agreement_confusion.confusion, agreement_confusion.EXAMPLES, _LEAD)
_add(app, "agreement diagnose", agreement_diagnose.diagnose, agreement_diagnose.EXAMPLES, _LEAD)
_add(app, "agreement drift", agreement_drift.drift, agreement_drift.EXAMPLES, _LEAD)
_add(app, "agreement intra", agreement_intra.intra, agreement_intra.EXAMPLES, _LEAD)
_add(app, "agreement plan", agreement_plan.plan, agreement_plan.EXAMPLES, _LEAD)
_add(app, "desk", desk.desk, desk.EXAMPLES, _LEAD)
_add(app, "review", review.review, review.EXAMPLES, _LEAD)

_codings = _group("codings", "Codings as JSON lines, out and in without loss.", _TAKE_OUT)
_add(_codings, "export", codings.export, codings.EXPORT_EXAMPLES)
_add(_codings, "import", codings.import_, codings.IMPORT_EXAMPLES)

_add(app, "export", export.export, export.EXAMPLES, _TAKE_OUT)

_add(app, "verify", verify.verify, verify.EXAMPLES, _KEEP)
_add(app, "backup", backup.backup, backup.EXAMPLES, _KEEP)
