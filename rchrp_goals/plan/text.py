"""Text as a plan keeps it and a terminal may show it: NFC, no control codes, no forced direction of writing.

Text is cleaned twice: ``clean`` where it enters, ``shown`` where it leaves for a screen, a page or a line.
Both take time in proportion to the length, whatever the text. Importing this module costs nothing, and text
that needs no care is shown without loading anything: the ``due`` command and the first screen depend on it.
"""

from __future__ import annotations

ONE_LINE_CAP = 500
LONG_CAP = 20_000
MOST_MARKS = 8
"""Combining marks that one letter may carry; no script needs as many."""
MOST_LINES = 30
"""Sentences that a pasted list may bring."""

# Terminal sequences, whole. A string sequence (OSC, DCS, SOS, PM, APC) runs to its end code, over lines if
# need be; one that never ends is left out up to the end of its line. All of this takes linear time: the
# quantifiers are possessive, and the search for an end code stops at the next code that may begin a sequence.
_STRING = r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])"
_CODES = (
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"  # CSI: colours, the cursor, the mouse, the ends of a paste
    rf"|{_STRING}[^\x07\x18\x1a\x1b\x80-\x9f]*+(?:\x07|\x1b\\|\x9c)"
    rf"|{_STRING}[^\x07\x18\x1a\x1b\x80-\x9f\n\r]*+"
    r"|(?:\x1bO|\x8f)[A-DFHP-S]"  # arrow and function keys
    r"|\x1b[()][0-2AB]"  # the choice of an alphabet
    r"|\x1b\\"  # an end code with nothing to end
    r"|[\x1b\x8f]"
    # every other C0 and C1 code; VT, FF and NEL end a line, see below
    r"|[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x8e\x91-\x97\x99\x9a\x9c]+"
    r"|[\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"  # bidi overrides, embeddings, isolates; lone surrogates
)
_LINE_ENDS = r"\r\n?|[\u2028\u2029]"
_LINE_END_CODES = r"[\x0b\x0c\x85]"
_MAY_HOLD_MARKS = rf"[^\x00-\u02ff]{{{MOST_MARKS + 1},}}"
_BULLET = (
    r"(?:[-*+\u2013\u2014][ ]+"
    r"|[\u2022\u2023\u2043\u25e6\u00b7\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u25ba\u25b8\u2192\u2713\u2714\uf0b7]"
    r"[ ]*)*+"
    r"(?:\(?[0-9]{1,3}(?:\.-|\.\u00ba|[.)\u00ba])[ ]+)?+"
    r"(?:\[[ xX]?\][ ]+|[\u2610\u2611][ ]*)?+"
)
# Every blank of Unicode, the zero-width one, and the mark that some editors put before a file's first letter.
_EDGES = (
    " \t\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
)


class Cleaned(tuple[str, bool]):
    """Text that may be kept, and whether anything was left out. Unpacks: ``text, was_changed = clean(raw)``.

    A named tuple written by hand, because loading ``typing`` would slow down every start.
    """

    __slots__ = ()

    @property
    def text(self) -> str:
        """The text: NFC, without codes, without blanks at its ends."""
        return self[0]

    @property
    def was_changed(self) -> bool:
        """Whether codes or marks were left out; the caller says so (``text.left_out`` in ``ui.toml``)."""
        return self[1]


def clean(raw: str, *, cap: int = ONE_LINE_CAP, is_long: bool = False) -> Cleaned:
    """Return the text as a plan keeps it.

    One-line text has no line ends and no tabs: each run of them becomes one blank. ``is_long`` keeps lines,
    parted by ``\\n``. Cleaning cleaned text changes nothing. Raises AnswerRefused ``text_too_long`` (``cap``
    and ``length`` in characters) or ``text_empty`` (nothing that could be seen is left).
    """
    text, was_changed = _without_codes(raw)
    text = text.replace("\t", " ").strip(_EDGES) if is_long else _on_one_line(text)
    if len(text) > cap:
        from rchrp_goals.errors import AnswerRefused

        raise AnswerRefused("text_too_long", cap=cap, length=len(text))
    if not _can_be_seen(text):
        from rchrp_goals.errors import AnswerRefused

        raise AnswerRefused("text_empty")
    return Cleaned((text, was_changed))


def shown(text: str) -> str:
    """Return the text as it may reach a terminal, a page or a file: the same cleaning, whatever its length.

    Keeps ``\\n`` and blanks as they stand; a tab becomes a blank. No other control code stays. Never raises.
    """
    if text.isprintable() and (text.isascii() or all(_is_plain(character) for character in text)):
        return text
    return _without_codes(text)[0].replace("\t", " ")


def identity(text: str) -> str:
    """Return what two texts that say the same have in common: NFC, casefolded, single blanks."""
    from unicodedata import normalize

    # folding case takes a few letters apart, so NFC comes after it too
    return normalize("NFC", _on_one_line(" ".join(_without_codes(text)[0].split())).casefold())


def bare(text: str) -> str:
    """Return a text as it is compared where capitals and accents do not count, single blanks: "Práctica" is "practica"."""
    from unicodedata import combining, normalize

    return " ".join("".join(sign for sign in normalize("NFD", text.casefold()) if not combining(sign)).split())


def room_id(text: str) -> str:
    """Return the lasting name of a room's sentence: ``room-`` and 12 hex digits of its identity's sha256."""
    from hashlib import sha256

    return f"room-{sha256(identity(text).encode()).hexdigest()[:12]}"


def pasted_lines(raw: str) -> list[str]:
    """Return the sentences of a pasted list or a file, one a line: cleaned, the first 30, none twice.

    Empty lines, bullets and numbering ("1.", "2)", "3.-") are left out; ``identity`` tells what is the same.
    Raises AnswerRefused ``line_too_long`` (``line`` from 1, ``cap`` and ``length`` in characters).
    """
    import re

    from rchrp_goals.errors import AnswerRefused

    lines: dict[str, str] = {}
    for number, line in enumerate(_without_codes(raw)[0].split("\n"), start=1):
        if not line:
            continue
        text = re.sub(rf"\A{_BULLET}", "", _on_one_line(line) + " ").strip(_EDGES)
        if not _can_be_seen(text):
            continue
        if len(text) > ONE_LINE_CAP:
            raise AnswerRefused("line_too_long", line=number, cap=ONE_LINE_CAP, length=len(text))
        lines.setdefault(identity(text), text)
        if len(lines) == MOST_LINES:
            break
    return list(lines.values())


def _is_plain(character: str) -> bool:
    """Tell whether a printable character is a Latin letter, a printer's sign or one of a drawing: NFC as it stands, no mark."""
    return character < "\u0300" or "\u2010" <= character <= "\u2027" or "\u2500" <= character <= "\u25ff"


def _without_codes(raw: str) -> tuple[str, bool]:
    """Return the text in NFC without codes, line ends as ``\\n``, tabs kept; and whether anything went."""
    import re
    from unicodedata import is_normalized, normalize

    text = raw
    if re.search(r"[\ud800-\udfff]", text):
        # Two halves of one character are joined; what has no other half goes with the codes.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    text, codes = re.subn(_CODES, "", text)
    text, line_end_codes = re.subn(_LINE_END_CODES, "\n", text)
    text = re.sub(_LINE_ENDS, "\n", text)
    # Before NFC, which takes quadratic time on long rows of marks; and after it, which can take one apart.
    capped = _with_few_marks(text)
    was_changed = codes + line_end_codes > 0 or capped != text
    if is_normalized("NFC", capped):
        return capped, was_changed
    composed = normalize("NFC", capped)
    text = _with_few_marks(composed)
    return text, was_changed or text != composed


def _with_few_marks(text: str) -> str:
    """Return the text with at most eight combining marks in a row; joiners between them begin no new row."""
    import re

    return re.sub(_MAY_HOLD_MARKS, lambda found: _few_marks(found.group()), text)


def _few_marks(piece: str) -> str:
    from unicodedata import category

    kept = []
    marks = 0
    for character in piece:
        kind = category(character)
        if kind[0] == "M":
            marks += 1
        elif kind != "Cf":
            marks = 0
        if kind[0] != "M" or marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _on_one_line(text: str) -> str:
    pieces = (piece.strip(_EDGES) for piece in text.replace("\t", "\n").split("\n"))
    return " ".join(piece for piece in pieces if piece)


def _can_be_seen(text: str) -> bool:
    """Tell whether any character leaves a trace on a page: not only blanks and invisible signs."""
    from unicodedata import category

    return any(category(character) not in {"Cf", "Zs", "Cc"} for character in text)
