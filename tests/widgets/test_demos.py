from __future__ import annotations

import runpy

import pytest

from widgets.demo import DemoApp

NAMES = [
    "choice_list",
    "continuum",
    "date_field",
    "flow",
    "line_field",
    "plate",
    "progress_path",
    "ruler",
    "then_and_now",
]
SIZES = [(80, 24), (120, 40), (40, 12)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
async def test_each_widget_has_a_demo_that_runs_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[DemoApp] = []
    monkeypatch.setattr(DemoApp, "run", lambda self: built.append(self))
    runpy.run_module(f"widgets.{name}", run_name="__main__")
    (app,) = built
    async with app.run_test(size=SIZES[0]) as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            first = next(iter(app.query("#column > *")))
            assert 0 < first.region.width <= size[0] - first.region.x
        await pilot.press("tab", "f3", "f4", "down", "enter")
        await pilot.pause()
        assert app.theme == "calm-light"
        assert app.is_running
