"""``consortium partners``: every team with a partner team."""

import json
import time
from pathlib import Path

import click

from consortium.exchange.writing import write_beside

FAULTY = 2  # exit code
_File = click.Path(exists=True, dir_okay=False, path_type=Path)
_Out = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("teams", type=_File)
@click.option("--out", required=True, type=_Out, help="Where to write the pairs: .csv or .json.")
@click.option(
    "--states",
    type=click.Choice(["different", "any"]),
    default="different",
    show_default=True,
    help="Whether partners must come from different states.",
)
@click.option(
    "--odd",
    type=click.Choice(["three", "alone"]),
    default="three",
    show_default=True,
    help="Whether a team that finds no partner joins a pair.",
)
@click.option("--former", type=_File, help="A PAIRS.csv: as many of its pairs stay as can.")
@click.option("--past", type=_File, multiple=True, help="A PAIRS.csv of an earlier round.")
@click.option("--pin", type=_File, help="A PAIRS.csv: these are pairs, whatever it costs.")
@click.option("--apart", type=_File, help="A PAIRS.csv: these are no pairs.")
@click.option("--report", type=_Out, help="Where to write the figures, as JSON.")
def partners(  # noqa: PLR0913  (the options that it has)
    teams: Path,
    *,
    out: Path,
    states: str,
    odd: str,
    former: Path | None,
    past: tuple[Path, ...],
    pin: Path | None,
    apart: Path | None,
    report: Path | None,
) -> None:
    r"""Give every team one partner team that is as like it as can be.

    TEAMS is a CSV file, or JSON with {"districts": [...]} whose entries have
    leaid in the place of team_id.

    \b
    TEAMS.csv  team_id, state, enrollment, locale, and if you have them:
               goals: up to four, the most important first, ; between them
               past_partners: never again, ; between them
    PAIRS.csv  team_a, team_b, team_c, cost, why (what is written to --out)

    \b
    A pair costs 100 x |log2(enrollment of one / of the other)|, rounded, 150
    where one is not known; 50 if one is a city (1x), the other a suburb (2x),
    town (3x) or rural (4x), 25 if only the finer locale differs; and where
    both name goals 0 (the same first goal) to 100 (none in common).

    The most pairs are made that can be made, and of all ways to make so many
    one that costs least: that is proven. Who stays alone is named with the
    reason. The same files give the same bytes. Exit code 2: a file has
    faults, each told with its line (in JSON with the entry's number); nothing
    is written then.
    """
    began = time.monotonic()
    # Read when it is run, so that help and mistakes do not wait for solvers.
    from cohorts.matching.domain.seating_words import contradiction  # noqa: PLC0415
    from cohorts.matching.engine.teams.items import CannotSeat  # noqa: PLC0415
    from cohorts.matching.engine.teams.partners import PairWish, pair_up  # noqa: PLC0415
    from cohorts.matching.exports import partners_file  # noqa: PLC0415
    from cohorts.matching.imports.partners_files import read_pairs, read_partners  # noqa: PLC0415
    from consortium.exchange.faults import FaultyFile  # noqa: PLC0415

    try:
        read = read_partners(teams)
        known = [team.id for team in read]
        met = [pair for file in past for pair in read_pairs(file, None)]
        wish = PairWish(
            other_state=states == "different",
            threes=odd == "three",
            pinned=read_pairs(pin, known) if pin else (),
            apart=(*(read_pairs(apart, known) if apart else ()), *met),
            former=read_pairs(former, None) if former else (),
        )
        loaded = time.monotonic()
        pairing = pair_up(read, wish)
    except FaultyFile as error:
        for line in error.lines:
            click.echo(line, err=True)
        raise SystemExit(FAULTY) from error
    except CannotSeat as error:
        sentence = contradiction(error.reason, ", ".join(error.teams))
        click.echo(f"{pin}: {sentence}", err=True)
        raise SystemExit(FAULTY) from error
    spent = {"reading": loaded - began, "pairing": time.monotonic() - loaded}
    figures = json.dumps(partners_file.report(pairing, seconds=spent), indent=1) + "\n"
    files = {out: figures if out.suffix.lower() == ".json" else partners_file.as_csv(pairing)}
    if report is not None:
        files[report] = figures
    write_beside(files)
    click.echo(partners_file.in_short(pairing, seconds=spent["pairing"]))
