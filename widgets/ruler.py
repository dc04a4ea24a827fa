"""A ruler for how much something matters, or how sure one is: the same line as the continuum's."""

from __future__ import annotations

from widgets.continuum import Continuum


class Ruler(Continuum):
    """The line from 0 to 10 under another name, so that a screen can ask for one and style one.

    Keys, mouse and messages are the continuum's (``Ruler.Changed`` is ``Continuum.Changed``).
    """


if __name__ == "__main__":
    from textual import on

    from widgets.demo import DemoApp

    class RulerDemo(DemoApp):
        """Two rulers: importance settled at 8, confidence not asked yet."""

        @on(Ruler.Changed)
        def show_change(self, message: Ruler.Changed) -> None:
            """Show what came."""
            self.say(message)

    RulerDemo(
        lambda: [Ruler("does not matter", "matters most", 8), Ruler("not at all sure", "as sure as can be")]
    ).run()
