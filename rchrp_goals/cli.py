"""The command ``rchrp-goals``. Looks at the call first and loads what the command needs, nothing else.

``--version``, ``--help`` and ``due`` are done here, on almost nothing: a shell prompt may ask ``due`` each
time. Everything else stands in ``cli_commands.py``. stdout is data, stderr is talk; exit codes as docs say: 0
done, 1 refused or failed, 2 wrong usage, 3 a file cannot be read, 4 another window is writing, 10 ``due
--exit-code``.
"""

from __future__ import annotations

import os
import sys

from rchrp_goals import cli_streams as streams
from rchrp_goals.arguments import Call, option_asked_for, read_call
from rchrp_goals.errors import ProblemError, UsageProblem
from rchrp_goals.languages import LANGUAGES, language_in_settings, language_of_environment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rchrp_goals.services.clock import Clock
    from rchrp_goals.store.due_file import Due
    from rchrp_goals.store.places import Places

INTERRUPTED = 130
SOMETHING_IS_DUE = 10
LONGEST_END = 100


def run() -> int:
    """Do what the command line says: the console script's target."""
    return main(sys.argv[1:], os.environ)


def main(argv: Sequence[str], environ: Mapping[str, str], clock: Clock | None = None) -> int:
    """Do what ``argv`` says (without the program's name) and return the exit code.

    Whatever goes wrong becomes a sentence on stderr; nothing that the person wrote is ever in it.
    """
    streams.prepare()
    try:
        code = _do(read_call(argv), environ, clock)
        streams.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        streams.let_go_of_stdout()
        return 0
    except ProblemError as problem:
        if problem.key == "output_not_written":
            streams.let_go_of_stdout()
        return _say_problem(problem, argv, environ)
    except Exception as error:  # noqa: BLE001 - a traceback could show what the person wrote
        return _say_mistake(error, argv, environ)
    return code


def _do(call: Call, environ: Mapping[str, str], clock: Clock | None) -> int:
    if "--version" in call.flags:
        from rchrp_goals import __version__

        streams.data(__version__)
        return 0
    if "--help" in call.flags and not call.command:
        streams.data(_help(_language(call.values.get("--lang"), call.values.get("--data"), environ)), end="")
        return 0
    if call.command == "due" and "--help" not in call.flags:
        return _due(call, environ, clock)
    from rchrp_goals.cli_commands import do

    return do(call, environ, clock)


# due


def _due(call: Call, environ: Mapping[str, str], clock: Clock | None) -> int:
    from rchrp_goals.plan.text import shown
    from rchrp_goals.remind.due import is_quiet, sentence, waiting
    from rchrp_goals.store.due_file import read_due
    from rchrp_goals.store.places import Places, data_folder

    language = _known(call.values.get("--lang"))
    places = Places(data_folder(call.values.get("--data"), environ))
    due = read_due(places)
    if due is None or (language is not None and due.language != language):
        due = _due_of_plan(places, language or _language(None, places.data, environ))
    today, now = _time(clock)
    lines = [] if due.quiet and is_quiet(due.quiet, _hour(clock)) else waiting(due.rows, today, now)
    if "--json" in call.flags:
        _print_json(lines, with_titles="--titles" in call.flags)
    elif lines and "--titles" in call.flags:
        streams.data("\n".join(shown(wording) for _, _, _, wording in lines if wording))
    elif lines:
        streams.data(shown(sentence(len(lines), due.one, due.few)))
    return SOMETHING_IS_DUE if lines and "--exit-code" in call.flags else 0


def _due_of_plan(places: Places, language: str) -> Due:
    """Return what ``due.tsv`` would hold, from the plan itself; nothing without a plan. Raises FileProblem."""
    from rchrp_goals.content import Words
    from rchrp_goals.plan.glance import due_payload, payload_quiet
    from rchrp_goals.store.due_file import Due
    from rchrp_goals.store.plan_store import PlanStore

    words = Words(language)
    tables = PlanStore(places).read().tables
    rows = sorted(due_payload(tables, words))
    lines = [(row.when, row.kind, row.id, row.wording) for row in rows]
    return Due(language, words.ui("due.one"), words.ui("due.few"), lines, payload_quiet(tables))


def _time(clock: Clock | None) -> tuple[str, str]:
    """Return the local date and this moment in UTC, as the plan writes them."""
    if clock is not None:
        from rchrp_goals.plan.lenient import instant_text

        return clock.today().isoformat(), instant_text(clock.now())
    import time

    seconds = time.time()
    return (
        time.strftime("%Y-%m-%d", time.localtime(seconds)),
        time.strftime("%Y-%m-%dT%H:%M:%S.999999Z", time.gmtime(seconds)),
    )


def _hour(clock: Clock | None) -> int:
    """Return the local hour."""
    if clock is not None:
        return clock.now().astimezone().hour
    import time

    return time.localtime().tm_hour


def _print_json(lines: Sequence[tuple[str, str, str, str]], *, with_titles: bool) -> None:
    from rchrp_goals.remind.due import since

    things = [{"kind": kind, "id": id, "when": since(when)} for when, kind, id, _ in lines]
    if with_titles:
        for thing, line in zip(things, lines, strict=True):
            thing["title"] = line[3]
    streams.json_document({"count": len(things), "things": things})


# Help, and the language


def _help(language: str) -> str:
    """Return the text of ``prompts/LANGUAGE/help.txt``, kept ready: building it would cost more than a start."""
    import prompts

    try:
        with open(os.path.join(prompts.__path__[0], language, "help.txt"), encoding="utf-8") as file:
            return file.read()
    except OSError:  # the package is inside an archive
        from rchrp_goals.content import read_text

        return read_text(language, "help.txt")


def _known(language: str | None) -> str | None:
    if language is not None and language not in LANGUAGES:
        raise UsageProblem("language_unknown", languages=", ".join(LANGUAGES))
    return language


def _language(said: str | None, data: str | None, environ: Mapping[str, str]) -> str:
    """Return the language of ``--lang``, else of the settings, else of the locale. Raises UsageProblem."""
    from rchrp_goals.store.places import Places, data_folder

    if _known(said) is not None:
        return str(said)
    settings = Places(data_folder(data, environ)).settings
    return language_in_settings(settings) or language_of_environment(environ)


# What goes wrong


def _say_problem(problem: ProblemError, argv: Sequence[str], environ: Mapping[str, str]) -> int:
    from rchrp_goals.content import Words
    from rchrp_goals.plan.text import shown

    words = Words(_language_for_problems(argv, environ))
    values = {name: _at_most(value) for name, value in problem.values.items()}
    streams.talk(shown(words.problem(problem.key, values)))
    return problem.exit_code


def _at_most(value: object) -> object:
    """Return a value as a sentence can hold it: of a path without end its two ends."""
    if isinstance(value, str) and len(value) > 2 * LONGEST_END:
        return f"{value[:LONGEST_END]}…{value[-LONGEST_END:]}"
    return value


def _say_mistake(error: Exception, argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Say that this is our mistake: its type and place, never its message, which could hold the person's text."""
    place, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if f"{os.sep}rchrp_goals{os.sep}" in file or not place:
            place = f"{os.path.basename(file)}:{trace.tb_lineno}"
        trace = trace.tb_next
    where = {"kind": type(error).__name__, "place": place}
    try:
        from rchrp_goals.content import Words

        streams.talk(Words(_language_for_problems(argv, environ)).problem("mistake", where))
    except Exception:  # noqa: BLE001 - the wording itself cannot be read
        streams.talk(" ".join(where.values()))
    return 1


def _language_for_problems(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    said = option_asked_for("--lang", argv)
    try:
        return _language(said if said in LANGUAGES else None, option_asked_for("--data", argv), environ)
    except ProblemError:  # no folder to be found: then the locale speaks
        return language_of_environment(environ)
