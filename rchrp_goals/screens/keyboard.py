"""What comes from the terminal, before Textual takes it apart: no paste acts, and no byte ends the program.

Textual 8.2 reads an escape inside a bracketed paste as keys (a pasted "p" would pass the question), and ends at a byte
that is no UTF-8, as a terminal set to another encoding sends it. Its driver reads a pipe here, into which everything is
handed on made harmless.
"""

from __future__ import annotations

import errno
import os
import selectors
import signal
import sys
import termios
from codecs import getincrementaldecoder
from threading import Thread

from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from rchrp_goals.screens.patient_app import ESCAPE, STANDS_FOR_ESCAPE

PASTE_STARTS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
AT_ONCE = 4096
"""Bytes that are read at once."""
PATIENCE = 0.05
"""Seconds that a look at the terminal lasts at most: an app that ends waits for it."""


class PasteGuard:
    """Follows what the terminal sends, piece by piece, and lets no escape inside a paste be one."""

    def __init__(self) -> None:
        self._is_pasting = False
        self._held = ""
        self._before = ""

    def guard(self, data: str) -> str:
        """Return the next piece as it may be read; the beginning of an end mark waits for the rest of it."""
        found = []
        data, self._held = self._held + data, ""
        while data:
            piece, data = self._inside(data) if self._is_pasting else self._outside(data)
            found.append(piece)
        return "".join(found)

    def _outside(self, data: str) -> tuple[str, str]:
        seen = self._before + data
        at = seen.find(PASTE_STARTS)
        if at < 0:
            self._before = seen[-len(PASTE_STARTS) + 1 :]
            return data, ""
        self._is_pasting, self._before = True, ""
        end = at + len(PASTE_STARTS) - (len(seen) - len(data))
        return data[:end], data[end:]

    def _inside(self, data: str) -> tuple[str, str]:
        text, mark, rest = data.partition(PASTE_ENDS)
        if mark:
            self._is_pasting = False
        else:
            last = text.rfind(ESCAPE)
            if last >= 0 and PASTE_ENDS.startswith(text[last:]):
                text, self._held = text[:last], text[last:]
        return text.replace(ESCAPE, STANDS_FOR_ESCAPE) + mark, rest


class GuardedDriver(LinuxDriver):
    """Textual's own driver for Linux and macOS, which gets what the terminal sends through the guard."""

    _is_suspended = False

    def suspend_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self._is_suspended = True
        super().suspend_application_mode()

    def resume_application_mode(self) -> None:
        """Take the terminal again, and have everything painted anew.

        SIGCONT may come without a stop before it: taken twice, the terminal could not be given back as it was.
        """
        if not self._is_suspended:
            super().suspend_application_mode()
        self._is_suspended = False
        super().resume_application_mode()
        self.send_message(self.SignalResume())

    def run_input_thread(self) -> None:
        """Read what is typed, clicked and pasted until the app ends."""
        terminal = self.fileno
        reading, writing = os.pipe()
        guard = Thread(target=self._hand_on, args=(terminal, writing), daemon=True)
        self.fileno = reading
        guard.start()
        try:
            super().run_input_thread()
        finally:
            self.fileno = terminal
            os.close(reading)
            guard.join()

    def _hand_on(self, terminal: int, writing: int) -> None:
        """Hand on what the terminal sends until the app ends; the pipe's end then wakes whoever reads it."""
        try:
            self._read_terminal(terminal, writing)
        finally:
            # a reader at a pipe's end would look again and again: it stays open as long as the app does
            self.exit_event.wait()
            os.close(writing)

    def _read_terminal(self, terminal: int, writing: int) -> None:
        """Read until the app ends or the window is gone."""
        decoder, guard = getincrementaldecoder("utf-8")(errors="replace"), PasteGuard()
        with selectors.SelectSelector() as selector:
            selector.register(terminal, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if not selector.select(PATIENCE):
                    continue
                try:
                    data = os.read(terminal, AT_ONCE)
                    safe = guard.guard(decoder.decode(data)).encode()
                    while safe:
                        safe = safe[os.write(writing, safe) :]
                except OSError:
                    data = b""
                if not data:  # the window is gone, and nobody may have told us
                    os.kill(os.getpid(), signal.SIGHUP)
                    return


def is_window_gone() -> bool:
    """Tell whether the terminal that the app was started in is there no longer."""
    if sys.__stdin__ is None:
        return False
    try:
        termios.tcgetattr(sys.__stdin__.fileno())
    except (termios.error, ValueError) as error:
        return bool(error.args[0] == errno.EIO)
    return False


def guarded(driver: type[Driver]) -> type[Driver]:
    """Return the driver that is used in place of Textual's own choice."""
    return GuardedDriver if driver is LinuxDriver else driver
