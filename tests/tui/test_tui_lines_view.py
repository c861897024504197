"""The widget that paints prepared lines: only those that changed are painted again."""

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region

from annotator.tui.lines import Line
from annotator.tui.theme import theme_named
from annotator.tui.widgets.lines_view import LinesView


def lines(*texts: str) -> list[Line]:
    return [((text, ""),) for text in texts]


class Painted(LinesView):
    """Notes what it is asked to paint again."""

    def __init__(self) -> None:
        super().__init__(theme_named("mono", {}))
        self.asked: list[tuple[Region, ...]] = []

    def refresh(self, *regions: Region, **more: bool) -> "Painted":
        self.asked.append(regions)
        super().refresh(*regions, **more)
        return self


class OneView(App[None]):
    def compose(self) -> ComposeResult:
        yield Painted()


@pytest.mark.parametrize(
    ("before", "after", "painted"),
    [
        (("a", "b", "c"), ("a", "B", "c"), [1]),
        (("a", "b", "c"), ("A", "b", "C"), [0, 2]),
        (("a",), ("a", "b", "c"), [1, 2]),
        (("a", "b", "c"), ("a",), [1, 2]),
        (("a", "b"), ("a", "b"), []),
        (("a", "b"), (), [0, 1]),
    ],
)
async def test_only_lines_that_changed_are_painted_again(
    before: tuple[str, ...], after: tuple[str, ...], painted: list[int]
) -> None:
    app = OneView()
    async with app.run_test(size=(20, 6)) as pilot:
        view = app.query_one(Painted)
        view.show(lines(*before))
        await pilot.pause()
        view.asked.clear()
        view.show(lines(*after))
        asked = [region for regions in view.asked for region in regions]
        assert [row for region in asked for row in region.line_range] == painted


async def test_another_style_alone_is_a_change() -> None:
    app = OneView()
    async with app.run_test(size=(20, 6)):
        view = app.query_one(Painted)
        view.show([(("a", ""),), (("b", ""),)])
        view.asked.clear()
        view.show([(("a", ""),), (("b", "bold"),)])
        assert [[region.y for region in regions] for regions in view.asked] == [[1]]


async def test_a_line_shown_again_is_not_made_anew_in_the_same_theme_and_width() -> None:
    app = OneView()
    async with app.run_test(size=(20, 6)) as pilot:
        view = app.query_one(Painted)
        view.show([(("a", "bold"),), (("b", ""),)])
        await pilot.pause()
        first, second = view.render_lines(Region(0, 0, 20, 2))
        view.show([(("b", ""),), (("a", "bold"),)])
        again = view.render_lines(Region(0, 0, 20, 2))
        assert again[0] is second
        assert again[1] is first
        assert [strip.text for strip in view.render_lines(Region(0, 1, 3, 2))] == ["a  ", "   "]
        await pilot.resize_terminal(10, 6)
        assert [strip.cell_length for strip in view.render_lines(Region(0, 0, 10, 6))] == [10] * 6
        view.use_theme(theme_named("dark", {}))
        dark = view.render_lines(Region(0, 0, 10, 2))[1]
        assert next(iter(dark)).style != next(iter(first)).style


async def test_a_terminal_without_colour_is_sent_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = OneView(ansi_color=True)
    async with app.run_test(size=(20, 6)) as pilot:
        view = app.query_one(Painted)
        view.use_theme(theme_named("dark", {}))
        view.show([(("a", "key"),)])
        await pilot.pause()
        (strip,) = view.render_lines(Region(0, 0, 20, 1))
        colours = [segment.style.color for segment in strip if segment.style]
        assert all(colour is not None and colour.is_default for colour in colours)


async def test_what_nobody_spelled_out_is_spelled_out_where_it_is_painted() -> None:
    app = OneView()
    async with app.run_test(size=(40, 3)) as pilot:
        view = app.query_one(Painted)
        view.show(lines("a\x1b[31m\u202eb\x9b", "c"))
        await pilot.pause()
        assert view.render_line(0).text.rstrip() == "a␛[31m<U+202E>b\\x9b"
        assert view.render_line(0).cell_length == 40
