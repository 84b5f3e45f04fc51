"""``consortium places``: who gets which session, of all that people ranked."""

import time
from pathlib import Path

import click

from consortium.exchange.faults import FaultyFile
from consortium.exchange.writing import write_beside
from consortium.words import say

FAULTY = 2  # exit code

EXAMPLE = """\
{
 "format": "consortium-places/1",
 "any_free": true,
 "rounds": [{"id": "am", "title": "Wednesday morning", "pick": 1}],
 "sessions": [
  {"id": "story", "title": "A district's story", "round": "am", "places": 1},
  {"id": "panel", "title": "Panel", "round": "am", "places": 30, "same_content": ""}
 ],
 "people": [
  {"id": "ana", "team": "East", "choices": ["story", "panel"]},
  {"id": "ben", "team": "East", "choices": ["story"], "never": []},
  {"id": "eve", "team": "West", "fixed": ["panel"]}
 ],
 "apart": []
}
"""


def _show_example(context: click.Context, _parameter: click.Parameter, *wanted: bool) -> None:
    if any(wanted):
        click.echo(EXAMPLE, nl=False)
        context.exit()


@click.command()
@click.argument("programme", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="Where to write who has which place.",
)
@click.option("--seed", type=click.IntRange(0, 2**31), default=0, show_default=True)
@click.option(
    "--by",
    type=click.Choice(["ranks", "points"]),
    default="ranks",
    show_default=True,
    help="What is best: most first choices, then second …; or most points, 10 for a first choice.",
)
@click.option(
    "--seconds",
    type=click.IntRange(1, 3600),
    default=60,
    show_default=True,
    help="For the proof where rounds repeat contents; anything else needs no limit.",
)
@click.option(
    "--report", type=click.Path(path_type=Path), help="Where to write figures and demand as JSON."
)
@click.option(
    "--example",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_example,
    help="Print a small PROGRAMME.json and do nothing else.",
)
def places(  # noqa: PLR0913  (the options that it has)
    programme: Path, *, out: Path, seed: int, by: str, seconds: int, report: Path | None
) -> None:
    r"""Give each person a place in sessions, by what people ranked.

    PROGRAMME is a JSON file (--example prints one) or a folder of tables.

    \b
    The file: "format" is "consortium-places/1".
      "sessions"  id, title, round, places (none: for anyone), same_content
      "people"    id, team, choices: the sessions, the most wanted first, or
                  contents for every session in which they are told;
                  fixed: sessions that the person has already and keeps, or
                  leads; never: sessions that this person is not to get
      "rounds"    id, title, pick: how many of its parallel sessions one has
      "apart"     lists of sessions of which one person can have one only
      "any_free"  true: who gets nothing ranked gets what is free
    What has one same_content is never given to one person twice. How someone
    ranked a session is its place among the choices of the same round.

    \b
    The folder: people.csv (id, team, role), sessions.csv (id, role,
    facilitators), choices.csv (person, session, rank), schedule.csv (session,
    slot, room), rooms.csv (id, places). OUT is then seats.csv: person, slot,
    session. Slots are the rounds. Whoever is on duty in a slot has no place.

    Sought is first that nobody is without a place where that can be avoided,
    nor in a session that this person did not rank; then by ranks, rank after
    rank, or by points; then that teams spread over sessions; lots drawn by the
    seed decide what is left. It is the proved best; "proven" is false only
    where rounds repeat contents and time ran out. OUT names each place and
    says in sentences why it is this one.

    The same input and seed give the same bytes. Exit code 2: PROGRAMME has
    faults, each told with its line; nothing is written then.
    """
    began = time.monotonic()
    # Read when it is run, so that help and mistakes do not wait for solvers.
    from events.schedule.engine.places import allot  # noqa: PLC0415
    from events.schedule.engine.places_model import Objective  # noqa: PLC0415
    from events.schedule.engine.places_network import Aim  # noqa: PLC0415
    from events.schedule.exports import places_file  # noqa: PLC0415
    from events.schedule.imports.places_file import read_places  # noqa: PLC0415
    from events.schedule.imports.places_tables import read_folder  # noqa: PLC0415

    folder, titles = programme.is_dir(), dict[str, str]()
    _refuse_folder(out, seats=folder)
    try:
        if folder:
            question = read_folder(programme)
        else:
            question, titles = read_places(programme)
    except FaultyFile as error:
        for line in error.lines:
            click.echo(line, err=True)
        raise SystemExit(FAULTY) from error
    read = time.monotonic()
    aim = Aim(objective=Objective(by), seed=seed)
    found = allot(question, aim, left=lambda: seconds - (time.monotonic() - read))
    solved = time.monotonic()
    if folder:
        target = out / "seats.csv" if out.is_dir() else out
        files = {target: places_file.as_seats(question, found)}
    else:
        files = {out: places_file.as_json(question, found, titles, aim=aim)}
    if report is not None:
        spent = {"reading": read - began, "allotting": solved - read}
        files[report] = places_file.report(question, found, aim=aim, seconds=spent)
    write_beside(files)
    profile = ", ".join(f"{rank}: {times:,}" for rank, times in found.profile.items())
    click.echo(
        say(
            "%(places)s places given in %(seconds)s s (by rank %(profile)s; not ranked "
            "%(unasked)s), %(short)s missing. %(proof)s",
            places=f"{len(found.given):,}",
            seconds=f"{solved - read:.2f}",
            profile=profile or "-",
            unasked=f"{found.unasked:,}",
            short=f"{len(found.short):,}",
            proof=say("Nothing better is possible.")
            if found.proven
            else say("There was no time to prove that nothing better is possible."),
        )
    )


def _refuse_folder(out: Path, *, seats: bool) -> None:
    """Refuse before anything is computed what could not be written in the end."""
    if out.is_dir() and not seats:
        raise click.UsageError(say("%(out)s is a folder. Name a file in it.", out=str(out)))
    if not out.is_dir() and not out.absolute().parent.is_dir():
        raise click.UsageError(
            say("There is no folder %(folder)s. Make it first.", folder=str(out.absolute().parent))
        )
