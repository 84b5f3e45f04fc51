"""``consortium tables``: teams at tables that share a goal."""

import json
import re
import time
from importlib import import_module
from pathlib import Path

import click

from consortium.exchange.writing import write_beside

FAULTY = 2  # exit code
_File = click.Path(exists=True, dir_okay=False, path_type=Path)
_Out = click.Path(dir_okay=False, path_type=Path)


def _sizes(_context: click.Context, _parameter: click.Parameter, text: str) -> tuple[int, int]:
    found = re.fullmatch(r"\s*(\d{1,3})\s*(?:-|to|–)\s*(\d{1,3})\s*", text)
    sizes = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 < sizes[0] <= sizes[1]:
        raise click.BadParameter("Write the fewest and the most teams of a table, like 4-6.")
    return sizes


@click.command()
@click.argument("teams", type=_File)
@click.option("--out", required=True, type=_Out, help="Where to write who sits where, as CSV.")
@click.option(
    "--sizes", default="4-6", show_default=True, callback=_sizes, help="Teams at a table."
)
@click.option(
    "--require",
    multiple=True,
    default=("superintendent", "union_president"),
    show_default=True,
    help="A role that every table should have; again for each. --require '' for none.",
)
@click.option(
    "--former", type=_File, help="A TABLES.csv: as few teams as possible move away from there."
)
@click.option(
    "--past", type=_File, multiple=True, help="A TABLES.csv of an earlier round; again for each."
)
@click.option("--locks", type=_File, help="Who sits together, apart, or at which former table.")
@click.option("--report", type=_Out, help="Where to write the figures, as JSON.")
@click.option("--seed", type=click.IntRange(0, 2**31), default=1, show_default=True)
@click.option(
    "--seconds",
    type=click.IntRange(1, 3600),
    default=45,
    show_default=True,
    help="For the proof that no themes are worth more to the teams.",
)
def tables(  # noqa: PLR0913  (the options that it has)
    teams: Path,
    *,
    out: Path,
    sizes: tuple[int, int],
    require: tuple[str, ...],
    former: Path | None,
    past: tuple[Path, ...],
    locks: Path | None,
    report: Path | None,
    seed: int,
    seconds: int,
) -> None:
    r"""Seat teams at tables of 4 to 6 that share a goal.

    TEAMS is a CSV file, a row for each team, or a PARTICIPANTS.csv as for
    "consortium match": then the people of one district are a team.

    \b
    TEAMS.csv   team_id, state, goals, roles
                goals: up to four, the most important first, ; between them
                roles: of which at least one person is in the team, ; between
    TABLES.csv  table, theme, team_id, value, why (what is written to --out;
                value: what the theme is worth to the team, 4 for its first
                goal, 1 for its fourth; without a table: why there is none)
    LOCKS.csv   lock, teams, table
                together: these teams (; between) sit at one table
                apart: no two of them do
                table: they stay at this table of --former

    Sought is first that most teams have a table; with --former, that most
    keep their theme there; then that the themes are worth most to the teams:
    that is proven, or the report says "proven": false. Then each table has
    the required roles as far as enough teams have them, fewest teams leave
    their former table, no two meet who met in a past round, states are mixed
    as evenly as can be, and other roles spread. A goal that a team had in a
    past round counts a tenth, so that it works on another one now.

    The same files and seed give the same bytes. Exit code 2: a file has
    faults, each told with its line; nothing is written then.
    """
    began = time.monotonic()
    # Read when it is run, so that help and mistakes do not wait for solvers.
    from cohorts.matching.domain.seating_words import contradiction  # noqa: PLC0415
    from cohorts.matching.engine.teams.items import CannotSeat  # noqa: PLC0415
    from cohorts.matching.engine.teams.tables import seat  # noqa: PLC0415
    from cohorts.matching.engine.teams.values import Locks, Wish, themes_had  # noqa: PLC0415
    from cohorts.matching.exports import tables_file  # noqa: PLC0415
    from cohorts.matching.imports import tables_files  # noqa: PLC0415
    from consortium.exchange.faults import FaultyFile  # noqa: PLC0415

    import_module("scipy.optimize")  # not counted among the seconds of seating
    try:
        read = tables_files.read_teams(teams)
        known = [team.id for team in read]
        before = tables_files.read_tables(former) if former else ()
        rounds = [table for file in past for table in tables_files.read_tables(file)]
        said = tables_files.read_locks(locks, known, before) if locks else Locks()
        wish = Wish(
            smallest=sizes[0],
            largest=sizes[1],
            required=tuple(dict.fromkeys(role for role in require if role)),
            locks=said,
            former=before,
            past=tuple(frozenset(table.teams) for table in rounds),
            had=themes_had(rounds),
            seed=seed,
        )
        loaded = time.monotonic()
        seating = seat(read, wish, seconds=seconds)
    except FaultyFile as error:
        for line in error.lines:
            click.echo(line, err=True)
        raise SystemExit(FAULTY) from error
    except CannotSeat as error:
        sentence = contradiction(error.reason, ", ".join(error.teams))
        click.echo(f"{locks or former or teams}: {sentence}", err=True)
        raise SystemExit(FAULTY) from error
    spent = {"reading": loaded - began, "seating": time.monotonic() - loaded}
    files = {out: tables_file.as_csv(read, seating, wish)}
    if report is not None:
        figures = tables_file.report(seating, wish, seconds=spent)
        files[report] = json.dumps(figures, indent=1, ensure_ascii=False) + "\n"
    write_beside(files)
    click.echo(tables_file.in_short(seating, seconds=spent["seating"]))
