"""The keys of a panel that asks to choose, on every screen that shows one."""

from annotator.tui.choice import Choice
from annotator.tui.overlays import Panel
from annotator.tui.pointing import PointedScreen


class ChoiceKeys(PointedScreen):
    """The part of a screen that lets one key of a `Choice` pick, and the others only read."""

    def _hint(self, width: int) -> str:
        if isinstance(self.panel, Choice) and self.prompt is None:
            return f"{self.panel.keys} choose  {self.key('panel.close')} back"
        return super()._hint(width)

    def _panel_key(self, panel: Panel, key: str) -> bool:
        if not isinstance(panel, Choice):
            return super()._panel_key(panel, key)
        option = panel.option(key)
        if option is not None:
            self.panel = None
            option.chosen()
        elif not super()._panel_key(panel, key):
            if self._quits(key):
                return False
            back = self.key("panel.close")
            self.say(f"{panel.keys} chooses, {back} goes back.", refused=True)
        return True
