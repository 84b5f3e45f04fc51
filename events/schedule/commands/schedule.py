"""``consortium schedule``: when and where each session is held, and who sits where."""

import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consortium.exchange.faults import FaultyFile
from consortium.exchange.terminal import progress, refuse_unwritable
from consortium.exchange.writing import write_beside
from consortium.words import say
from events.schedule.commands.schedule_help import EXAMPLE, HELP
from events.schedule.engine.deadline import Deadline

if TYPE_CHECKING:
    from events.schedule.engine.planning import Result
    from events.schedule.imports.programme_file import ProgrammeRead

FAULTY = 2  # exit code
INTERRUPTED = 130
CEILING = 60.0
"""Seconds after which a run ends with the best so far, where nobody says."""
MOST_SENTENCES = 40

STAGES = {
    "rules": say("Looking for a first plan"),
    "search": say("Keeping apart what people want"),
    "rooms": say("Giving out rooms"),
    "seats": say("Giving out seats"),
    "contradiction": say("Looking for the rules that contradict each other"),
    "proof": say("Proving how good it is"),
}


def _show(text: str) -> Any:
    def show(context: click.Context, _parameter: click.Parameter, wanted: object) -> None:
        if wanted:
            click.echo(text, nl=False)
            context.exit()

    return show


@click.command(help=HELP)
@click.argument("programme", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="Where to write the schedule: a file, or a folder for tables.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 86_400),
    help="How long to think, and no longer; left out: as many steps as are worth it, at most 60 s.",
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
@click.option(
    "--from",
    "former",
    type=click.Path(exists=True, path_type=Path),
    help="Begin with this schedule, a file or folder as --out writes it.",
)
@click.option(
    "--keep", is_flag=True, help="Change as little as can be of the schedule that --from names."
)
@click.option("--prove", is_flag=True, help="Prove how far from the best the schedule can be.")
@click.option(
    "--prices", type=click.Path(path_type=Path), help="Where to write the proof, as prices.csv."
)
@click.option("--report", type=click.Path(path_type=Path), help="Where to write figures as JSON.")
@click.option(
    "--example",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show(EXAMPLE),
    help="Print a small PROGRAMME and do nothing else.",
)
def schedule(  # noqa: PLR0913  (the options that it has)
    programme: Path,
    *,
    out: Path,
    seconds: float | None,
    seed: int,
    former: Path | None,
    keep: bool,
    prove: bool,
    prices: Path | None,
    report: Path | None,
) -> None:
    """See ``HELP``."""
    if keep and former is None:
        raise click.UsageError(say("--keep needs --from: the schedule of which to keep the most."))
    _refuse_unwritable(out, tables=programme.is_dir())
    began = time.monotonic()
    deadline = Deadline(CEILING if seconds is None else seconds)
    # Read when it is run, so that help and mistakes do not wait for solvers.
    from events.schedule.engine.planning import Wish  # noqa: PLC0415
    from events.schedule.engine.planning import schedule as plan  # noqa: PLC0415
    from events.schedule.engine.values import NoPlan, NotFoundInTime  # noqa: PLC0415
    from events.schedule.imports.programme_checks import warnings_of  # noqa: PLC0415
    from events.schedule.imports.programme_file import read_programme  # noqa: PLC0415
    from events.schedule.imports.programme_tables import read_folder  # noqa: PLC0415
    from events.schedule.imports.schedule_file import read_schedule  # noqa: PLC0415

    try:
        read = read_folder(programme) if programme.is_dir() else read_programme(programme)
        placed = read_schedule(former, read.programme) if former else ()
    except FaultyFile as error:
        _fail(error.lines)
    for warning in warnings_of(read.programme):
        click.echo(f"{programme}: {warning}", err=True)
    opened = time.monotonic()
    prove = prove or prices is not None
    wish = Wish(seed=seed, seconds=seconds, former=placed, keep=keep, proof=prove)
    with _stopping(deadline), progress(STAGES) as tell:
        try:
            result = plan(read.programme, wish, deadline, tell=tell)
        except NoPlan as none:
            lines = [f"{programme}: {one}" for one in none.clash.sentences]
            lines[MOST_SENTENCES:] = [
                say("And %(n)s more.", n=n) for n in [len(lines) - MOST_SENTENCES] if n > 0
            ]
            head = (
                say("No schedule keeps every rule. These contradict each other:")
                if none.clash.smallest
                else say("No schedule keeps every rule. What contradicts itself is among these:")
            )
            _fail([head, *lines])
        except NotFoundInTime:
            if deadline.stopped:
                click.echo(say("Stopped before a first plan was found. Nothing is written."))
                sys.exit(INTERRUPTED)
            _fail([say("No plan was found in time, nor was it shown that there is none.")])
        planned = time.monotonic()
        spent = {"reading": opened - began, "planning": planned - opened}
        files, figures = _files(read, result, out, seed, spent, tables=programme.is_dir())
        if prove:
            figures |= _proof(result, deadline, tell, files, prices)
            spent["proof"] = time.monotonic() - planned
            figures["seconds"] = {name: round(part, 3) for name, part in spent.items()}
    if report is not None:
        files[report] = json.dumps(figures, ensure_ascii=False, indent=1) + "\n"
    write_beside(files)
    click.echo(_summary(result, figures))


def _files(  # noqa: PLR0913
    read: "ProgrammeRead",
    result: "Result",
    out: Path,
    seed: int,
    spent: dict[str, float],
    *,
    tables: bool,
) -> tuple[dict[Path, str], dict[str, Any]]:
    from events.schedule.exports import schedule_file  # noqa: PLC0415

    if tables or out.is_dir():
        out.mkdir(exist_ok=True)
        files = {out / name: text for name, text in schedule_file.as_tables(result).items()}
    else:
        text = schedule_file.as_json(result, title=read.title, begins=read.begins, seed=seed)
        files = {out: text}
    return files, schedule_file.report(result, seed=seed, seconds=spent)


def _proof(
    result: "Result", deadline: Deadline, tell: Any, files: dict[Path, str], prices: Path | None
) -> dict[str, Any]:
    from events.schedule.engine.proving import prove  # noqa: PLC0415
    from events.schedule.exports.schedule_file import prices_table  # noqa: PLC0415

    tell("proof", 0.0)
    proof = prove(result.case, result.plan, deadline, tell=lambda share: tell("proof", share))
    if proof is None:
        return {"bound": None}
    if prices is not None:
        files[prices] = prices_table(proof.prices, proof.price_of_slot)
    return {"bound": proof.bound, "of_bound": round(result.value / max(1, proof.bound), 5)}


def _summary(result: "Result", figures: dict[str, Any]) -> str:
    case = result.case
    said = [
        say(
            "%(sessions)s sessions in %(slots)s slots and %(rooms)s rooms.",
            sessions=len(case.sessions),
            slots=len(case.programme.slots),
            rooms=len(case.programme.rooms),
        )
    ]
    if result.change is not None:
        said.append(
            say(
                "%(moved)s sessions moved, %(rooms)s more have another room%(proof)s.",
                moved=len(result.change.moved),
                rooms=len(result.change.rehoused),
                proof=say("; fewer is impossible") if result.change.fewest else "",
            )
        )
    if case.wishes.most:
        said.append(
            say(
                "%(share)s of what people ranked can be heard, %(seated)s with the seats there "
                "are.",
                share=f"{result.value / case.wishes.most:.1%}",
                seated=f"{result.seating.points / case.wishes.most:.1%}",
            )
        )
    if figures.get("bound"):
        said.append(
            say("No schedule reaches more than %(most)s times that.", most=_inverse(figures))
        )
    if result.cut_short:
        said.append(say("Time ended before the search did: this is the best so far."))
    return " ".join(said)


def _inverse(figures: dict[str, Any]) -> str:
    return f"{1 / figures['of_bound']:.4f}" if figures["of_bound"] else "-"


def _fail(lines: list[str]) -> Any:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(FAULTY)


def _refuse_unwritable(out: Path, *, tables: bool) -> None:
    """Refuse before anything is computed what could not be written in the end."""
    if tables and out.exists() and not out.is_dir():
        raise click.UsageError(say("%(out)s is a file. Name a folder.", out=str(out)))
    refuse_unwritable(out)


@contextmanager
def _stopping(deadline: Deadline) -> Iterator[None]:
    """Let Ctrl-C end the search with the best so far; the second one ends everything."""

    def stop(_number: int, _frame: object) -> None:
        if deadline.stopped:
            sys.exit(INTERRUPTED)
        deadline.stop()

    former = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
