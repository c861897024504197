"""The keys of the config file: what is wrong with them, with the line and the reason."""

from collections.abc import Iterable

from annotator.config.file import ConfigFile, Mistake
from annotator.config.settings import Keys, Settings
from annotator.tui.actions import CODING, SCREENS
from annotator.tui.key_names import key_named, shown_key
from annotator.tui.keymap import Clash, keymap_of
from annotator.tui.registry import Action, Context

_LEAVES = "ctrl+c"
"""Quits wherever one is, whatever else is typed there."""


def key_mistakes(config: ConfigFile) -> list[Mistake]:
    """What is wrong with the keys of a config file.

    Args:
        config: The file; its other fields are right, or stand at their defaults.

    Returns:
        Mistakes with their lines, in the order of the file's tables.
    """
    settings = config.settings
    mistakes = [
        Mistake(config.line_of(table, action_id), sentence)
        for table, keys in (("keys", settings.keys), ("text_keys", settings.text_keys))
        for action_id, sentence in _wrong_entries(settings, table, keys)
    ]
    if not mistakes:
        mistakes = list(_wrong_together(config))
    return mistakes


def _places() -> dict[str, list[tuple[Action, Context, bool]]]:
    """Every action by its id, with where its keys hold and whether that is on the coding screen."""
    places: dict[str, list[tuple[Action, Context, bool]]] = {}
    for groups in SCREENS.values():
        for group in groups:
            for action in group.actions:
                place = (action, group.context, groups is CODING)
                places.setdefault(action.id, []).append(place)
    return places


def _wrong_entries(settings: Settings, table: str, keys: Keys) -> Iterable[tuple[str, str]]:
    places = _places()
    for action_id, written in keys.items():
        if action_id not in places:
            from difflib import get_close_matches

            near = get_close_matches(action_id, places, 1)
            meant = f"did you mean {near[0]}?" if near else "annotator keys lists them."
            yield action_id, f"There is no action {action_id}; {meant}"
            continue
        reason = _fixed(settings, table, places[action_id][0][0])
        if not reason and table == "text_keys":
            reason = _not_in_text(places[action_id])
        if reason:
            yield action_id, reason
            continue
        for one in written:
            try:
                key = key_named(one)
            except ValueError as error:
                yield action_id, f"{action_id}: {error}"
                continue
            if sentence := _misplaced(table, action_id, key, places[action_id]):
                yield action_id, sentence


def _fixed(settings: Settings, table: str, action: Action) -> str:
    if action.says_which:
        return f"The keys of {action.id} say what it is done to, so they stay as they are."
    if settings.keymap != "vi" and (table == "text_keys" or not action.keys):
        return f'{action.id}: one goes into the text in the keymap vi only; write keymap = "vi".'
    return ""


def _not_in_text(places: list[tuple[Action, Context, bool]]) -> str:
    if any(context is Context.ANSWERING and coding for _, context, coding in places):
        return ""
    return f"{places[0][0].id} is nothing that can be done in the text; use the table keys."


def _misplaced(
    table: str, action_id: str, key: str, places: list[tuple[Action, Context, bool]]
) -> str:
    if key == _LEAVES and action_id != "app.quit":
        return f"{action_id}: {shown_key(key)} always quits."
    for _, context, coding in places:
        typing = context in (Context.PROMPT, Context.CHOOSING)
        if typing and (len(key) == 1 or key == "space"):
            return f"{action_id}: {shown_key(key)} is typed there."
        if table == "keys" and coding and context is Context.ANSWERING and _is_the_codebooks(key):
            return (
                f"{action_id}: small letters and digits belong to the codebook, so {key} cannot "
                "be a key here."
            )
    return ""


def _is_the_codebooks(key: str) -> bool:
    return len(key) == 1 and key.isascii() and (key.islower() or key.isdigit())


def _wrong_together(config: ConfigFile) -> Iterable[Mistake]:
    settings = config.settings
    seen: set[tuple[str, str, str]] = set()
    for groups in SCREENS.values():
        keymap = keymap_of(groups, settings)
        for action in keymap.actions:
            bare = not keymap.keys(action) and not keymap.text_keys(action)
            if action.needed and bare and (action.id, "", "") not in seen:
                seen.add((action.id, "", ""))
                table = "keys" if action.id in settings.keys else "text_keys"
                yield Mistake(
                    config.line_of(table, action.id),
                    f"{action.id} must keep a key: without one, nobody who is lost finds back.",
                )
        for clash in keymap.clashes:
            pair = (clash.key, clash.first.id, clash.second.id)
            if pair not in seen:
                seen.add(pair)
                yield _clash_mistake(config, clash)


def _clash_mistake(config: ConfigFile, clash: Clash) -> Mistake:
    table = "text_keys" if clash.context is Context.TEXT else "keys"
    given = config.settings.text_keys if clash.context is Context.TEXT else config.settings.keys
    ids = (clash.first.id, clash.second.id)
    mine = next((one for one in reversed(ids) if one in given), ids[1])
    other = ids[0] if mine == ids[1] else ids[1]
    return Mistake(
        config.line_of(table, mine),
        f"{shown_key(clash.key)} is claimed by {mine} and {other} ({clash.context.value}); give "
        f"one of them another key.",
    )
