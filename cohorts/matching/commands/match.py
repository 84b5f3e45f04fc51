"""``consortium match``: who should meet whom."""

import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from consortium.exchange.faults import FaultyFile
from consortium.exchange.terminal import progress, refuse_unwritable
from consortium.exchange.writing import write_beside
from consortium.words import say

if TYPE_CHECKING:
    from cohorts.matching.engine.crowd import Crowd
    from cohorts.matching.engine.search import Search
    from cohorts.matching.imports.matches_file import Locks

FAULTY = 2  # exit code
INTERRUPTED = 130

_File = click.Path(exists=True, dir_okay=False, path_type=Path)
_Out = click.Path(dir_okay=False, path_type=Path)

PINS = {
    "consent": say("one of them does not consent"),
    "lea": say("they are of one district"),
    "never": say("they met before, or one is blocked"),
    "roles": say("their roles may not meet"),
    "language": say("they share no language"),
    "slot": say("they have no time in common"),
    "reason": say("they share no goal, and neither can help the other"),
}
STEPS = {
    "pairs": say("Looking at every pair"),
    "flow": say("Finding the best of them"),
    "chains": say("Exchanging peers where it pays"),
    "exact": say("Proving the best"),
    "polish": say("Looking for something better"),
}


@click.command()
@click.argument("participants", type=_File)
@click.option("--out", required=True, type=_Out, help="Where to write who meets whom, as CSV.")
@click.option("--weights", type=_File, help="What a match counts, as JSON; ours if left out.")
@click.option("--duals", type=_Out, help="Where to write the prices that prove the bound, as CSV.")
@click.option("--former", type=_File, help="A former OUT: change as little of it as can be.")
@click.option("--locks", type=_File, help="Who must meet, must not, or stays together, as CSV.")
@click.option("--report", type=_Out, help="Where to write the figures, as JSON.")
@click.option("--seed", type=click.IntRange(0, 2**31), default=1, show_default=True)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 86_400),
    help="Go on to look for something better, or end with the best so far, after so long.",
)
def match(  # noqa: PLR0913  (the options that it has)
    participants: Path,
    *,
    out: Path,
    weights: Path | None,
    duals: Path | None,
    former: Path | None,
    locks: Path | None,
    report: Path | None,
    seed: int,
    seconds: float | None,
) -> None:
    r"""Find peers of other districts for everyone who consents.

    PARTICIPANTS is a CSV file, a row for each person; in cells that hold
    several words they stand with ; between them.

    \b
    participant_id, district_id  text; people of one district agree on the
                                 next five
    state, enrollment, locale, poverty_pct
                                 NJ; students; NCES code 11-43; 0-100
    role                         one of those in the weights
    goals                        the most important first
    asks, offers                 topics wanted, and topics to help with
    languages, availability      codes; when the person has time
    consent, max_matches         1 or 0; how many peers at most, 1-50
    past_matches, blocked        ids of people never to be matched with

    \b
    OUT: participant_a < participant_b, weight, the nine terms it is the sum
         of, reasons (goal:, a_helps_b:, b_helps_a:, role:, locale:, size:,
         state:, language:, slots:)
    LOCKS: lock, participant_a, participant_b; a lock is pin (they meet),
         forbid (they never do) or accept (if they met in --former, they
         still do)
    DUALS: participant_id, district_id, y: the price of a place with someone,
         or (with a district) of the place that someone gives that district

    Two people are matched only where both consent, their districts differ,
    their roles may meet, they share a language and a time, and they share a
    goal or one can help the other. Nobody has two peers of one district.
    First as many people as possible have a peer, then the weights add up to
    the most. With --former everything stays but what new people, withdrawn
    consent and locks make needful.

    The same input and seed give the same bytes, as long as --seconds does not
    cut the search short. Ctrl-C writes the best so far, if there is any. Exit
    code 2: a file has faults, each told with its line; nothing is written.
    """
    began = time.monotonic()
    refuse_unwritable(out, duals, report)
    # Two threads of ours look at the pairs; those of the numeric library would be in their way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Read when it is run, so that help and mistakes do not wait for solvers.
    from cohorts.matching.engine.again import (  # noqa: PLC0415
        changed_as_little,
        kept_apart,
        still_fit,
    )
    from cohorts.matching.engine.crowd import crowd_of  # noqa: PLC0415
    from cohorts.matching.engine.matches import matches_of  # noqa: PLC0415
    from cohorts.matching.engine.rematch import CannotPin  # noqa: PLC0415
    from cohorts.matching.engine.search import Search  # noqa: PLC0415
    from cohorts.matching.engine.weights import Weights  # noqa: PLC0415
    from cohorts.matching.exports import matches_file  # noqa: PLC0415
    from cohorts.matching.imports.matches_file import (  # noqa: PLC0415
        NO_LOCKS,
        read_former,
        read_locks,
    )
    from cohorts.matching.imports.participants_file import read_participants  # noqa: PLC0415
    from cohorts.matching.imports.weights_file import read_weights  # noqa: PLC0415

    try:
        with _uncollected():
            rules = read_weights(weights) if weights else Weights()
            people = read_participants(participants, rules)
            known = {person.id for person in people}
            said_locks = read_locks(locks, known) if locks else NO_LOCKS
            before = read_former(former) if former else None
            crowd = crowd_of(kept_apart(people, said_locks.forbidden), rules)
    except FaultyFile as error:
        _fail(error.lines)
    if former and before and 2 * (fit := still_fit(crowd, before)) < len(before):
        _fail([_of_others(former, fit, len(before))])
    read = time.monotonic()
    with progress(STEPS) as said:
        search = Search(
            crowd=crowd,
            seed=seed,
            certify=duals is not None,
            deadline=began + seconds if seconds else float("inf"),
            said=said,
        )
        interrupted = before is None and not _ran(search)
    if before is not None or said_locks.pinned:
        try:
            search.best = changed_as_little(crowd, before, search.best, said_locks)
        except CannotPin as error:
            _fail([_unpinned(locks or participants, crowd, error.pair, said_locks)])
    chosen = search.best
    searched = time.monotonic()
    files = {out: matches_file.as_csv(matches_of(crowd, chosen))}
    if duals is not None and search.proof is not None:
        files[duals] = matches_file.prices_csv(crowd, search.proof)
    if report is not None:
        spent = {"reading": read - began, "searching": searched - read}
        figures = matches_file.report(search, chosen, seed=seed, seconds=spent)
        files[report] = json.dumps(figures, indent=1) + "\n"
    write_beside(files)
    click.echo(_summary(search))
    if interrupted:
        sys.exit(INTERRUPTED)


def _of_others(former: Path, fit: int, pairs: int) -> str:
    """Say that a former matching is hardly one of these people."""
    return f"{former}: " + say(
        "Of its %(pairs)s pairs only %(fit)s can still be: it seems to be of other people or of "
        "other rules. Give the former OUT of these participants, or leave out --former.",
        pairs=f"{pairs:,}",
        fit=f"{fit:,}",
    )


def _unpinned(file: Path, crowd: "Crowd", pair: tuple[int, int], locks: "Locks") -> str:
    """Say which rule forbids a pinned pair."""
    from cohorts.matching.engine.scoring import bar  # noqa: PLC0415

    one, other = (crowd.people[number] for number in pair)
    rule = bar(one, other, crowd.weights)
    why = PINS[rule.value] if rule else say("one of them has no place for another pinned peer")
    line = locks.pinned[one.id, other.id]
    return f"{file}:{line}: " + say(
        "%(one)s and %(other)s cannot be pinned: %(why)s. Remove the pin.",
        one=one.id,
        other=other.id,
        why=why,
    )


def _ran(search: "Search") -> bool:
    """Search, and tell whether it came to its end. Nothing at all was found: leave."""
    try:
        search.run()
    except KeyboardInterrupt:
        if not search.best.pairs:
            click.echo(say("Stopped before anything was found. Nothing is written."), err=True)
            sys.exit(INTERRUPTED)
        return False
    return True


def _summary(search: "Search") -> str:
    chosen = search.best
    said = [
        say(
            "%(pairs)s pairs of %(people)s people, worth %(weight)s.",
            pairs=f"{len(chosen.pairs):,}",
            people=f"{chosen.covered:,}",
            weight=f"{chosen.weight:,}",
        )
    ]
    if chosen.proven:
        said.append(say("Nothing better is possible."))
    elif search.bound:
        ratio = chosen.weight / search.bound
        said.append(
            say("No matching is worth more than %(most)s times that.", most=f"{1 / ratio:.5f}")
        )
    return " ".join(said)


def _fail(lines: list[str]) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(FAULTY)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no circles among objects while many are made that are in none: it takes seconds."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
