"""What the host decides about applying: whose pledge, by what mix, in which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Conflict
from consortium.words import say
from events.institutes.models import TEAMS, Institute
from events.intake.domain import WORDING, Ground, IntakeRefused, Mix, Outcome, Wording, strata_of
from events.registration.service.finding import refuse_cancelled

PLEDGES, BY, SHARES, PLACES, EXPLANATION = "pledges", "by", "shares", "places", "explanation"
USUAL = Mix(by=Ground.URBANICITY, shares={"urban": 33, "suburban": 33, "rural": 34})
MOST_SHARE = 1_000


@dataclass(frozen=True, kw_only=True)
class Aim:
    """The mix a host aims at, for how many places, and why, in words applicants read."""

    mix: Mix
    places: int
    explanation: str = ""


@dataclass(frozen=True, kw_only=True)
class PledgeTerms:
    """Whose pledge an application needs, and what they sign."""

    roles: tuple[str, ...] = ()
    wording: str = ""


def chosen_roles(institute: Institute) -> tuple[str, ...]:
    """Return the roles whose pledge the host asks for; none when the host did not choose."""
    return tuple(institute.selection.get(PLEDGES, {}).get("roles", ()))


def pledge_wording(institute: Institute) -> str:
    """Return what leaders sign."""
    return institute.selection.get(PLEDGES, {}).get("wording") or WORDING


def aim_of(institute: Institute) -> Aim:
    """Return the mix and the number of places; what is usual, where the host said nothing."""
    said = institute.selection
    pool = institute.pool(TEAMS)
    mix = _mix(Ground(said[BY]), said[SHARES]) if said.get(SHARES) else USUAL
    places = said.get(PLACES)
    return Aim(
        mix=mix,
        places=(pool.capacity if pool else 0) if places is None else places,
        explanation=said.get(EXPLANATION, ""),
    )


def change_pledges(institute: Institute, terms: PledgeTerms, *, version: int, by: str) -> None:
    """Decide whose pledge applications need, and what they sign.

    Applications begun before keep their pledges. Raises ``IntakeRefused`` for a role that the
    institute does not have, ``Conflict`` when the institute changed meanwhile.
    """
    _hold(institute, version)
    known = {role.code for role in institute.roles}
    if not known.issuperset(terms.roles):
        raise IntakeRefused(say("Choose roles of this institute."), field="roles")
    before = {"roles": list(chosen_roles(institute))}
    said = {"roles": list(terms.roles), "wording": terms.wording}
    _change(institute, selection={**institute.selection, PLEDGES: said})
    audit.record(
        "change_pledges",
        f"institute:{institute.id}",
        by=by,
        before=before,
        after={"roles": list(terms.roles)},
    )


def change_aim(institute: Institute, aim: Aim, *, version: int, by: str) -> None:
    """Decide the mix. Raises ``IntakeRefused`` for shares that say nothing, ``Conflict``."""
    _hold(institute, version)
    shares = {code: share for code, share in aim.mix.shares.items() if share}
    if not shares:
        raise IntakeRefused(say("Give at least one part a share above 0."), field="shares")
    if max(shares.values()) > MOST_SHARE:
        raise IntakeRefused(
            say("Write shares of at most %(most)s.", most=MOST_SHARE), field="shares"
        )
    before = {name: institute.selection.get(name) for name in (BY, SHARES, PLACES)}
    said = {BY: aim.mix.by.value, SHARES: shares, PLACES: aim.places}
    _change(
        institute,
        selection={**institute.selection, **said, EXPLANATION: aim.explanation},
    )
    audit.record("change_aim", f"institute:{institute.id}", by=by, before=before, after=said)


def change_letter(
    institute: Institute, outcome: Outcome, wording: Wording | None, *, version: int, by: str
) -> None:
    """Write a letter of the host's own, or go back to the usual one (``None``).

    Raises ``IntakeRefused`` for a place that nothing fills, ``Conflict``.
    """
    _hold(institute, version)
    letters = {name: text for name, text in institute.letters.items() if name != outcome.value}
    if wording is not None:
        wording.check()
        letters[outcome.value] = {"subject": wording.subject, "text": wording.text}
    _change(institute, letters=letters)
    audit.record(
        "change_letter",
        f"institute:{institute.id}",
        by=by,
        after={"letter": outcome.value, "own": wording is not None},
    )


def _mix(ground: Ground, shares: Mapping[str, int]) -> Mix:
    """Return the parts in their usual order, in which equal remainders are served.

    PostgreSQL keeps the keys of a stored object in an order of its own.
    """
    usual = strata_of(ground, ())
    places = {code: place for place, code in enumerate(usual)}
    inorder = sorted(shares, key=lambda code: (places.get(code, len(usual)), code))
    return Mix(by=ground, shares={code: shares[code] for code in inorder})


def _hold(institute: Institute, version: int) -> None:
    db.session.refresh(institute, with_for_update=True)
    refuse_cancelled(institute)
    if institute.version != version:
        raise Conflict(say("Someone else changed this institute while you were writing."))


def _change(institute: Institute, **values: Any) -> None:
    for name, value in values.items():
        setattr(institute, name, value)
    institute.version += 1
    db.session.flush()
