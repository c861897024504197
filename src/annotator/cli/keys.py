"""`annotator keys`: what every key does on the screens."""

from annotator.cli.output import say

EXAMPLES = ("annotator keys",)


def keys() -> None:
    """List what every key does on the coding and the review screen."""
    from annotator.tui.actions import SCREENS
    from annotator.tui.keymap import Keymap
    from annotator.tui.keys_text import keys_text

    for title, groups in SCREENS.items():
        say(f"{title} screen")
        for pressed, does in keys_text(Keymap(groups)):
            say(f"  {pressed:<14}{does}" if pressed else f"\n {does}")
        say()
