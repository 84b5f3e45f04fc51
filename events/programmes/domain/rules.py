"""What must hold between the parts of a programme."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from consortium.words import say
from events.institutes.domain import (
    COHORT_KINDS,
    VISITOR_CLOSING,
    Strength,
    closing,
)
from events.programmes.domain.faults import Findings, did_you_mean, path_of
from events.programmes.domain.programme import Programme
from events.programmes.domain.sessions import Placed
from events.schedule.domain import SessionSpec

EVERYONE = "*"
NEWCOMERS = frozenset({"new_district", "new_member"})
_ASKED_OF_ALL = frozenset({Strength.REQUIRED, Strength.EXPECTED})


def check_sessions(placed: Sequence[Placed], programme: Programme, findings: Findings) -> None:
    """Check whom the sessions are for, on which day they are, and what people choose from."""
    if not findings.is_faulty("roles", "code"):
        _check_audiences(placed, [role.code for role in programme.roles], findings)
    if not findings.is_faulty("strands", "code"):
        _check_strands(placed, [strand.code for strand in programme.strands or ()], findings)
    if not findings.is_faulty("days", "date"):
        _check_days(placed, programme, findings)
    _check_choices(placed, findings)


def _check_audiences(placed: Sequence[Placed], codes: Sequence[str], findings: Findings) -> None:
    hint = say("Write the code of a role, or * for everyone.")
    for place, session in placed:
        for position, code in enumerate(session.audience_roles):
            if code != EVERYONE and code not in codes:
                findings.fault(
                    (*place, "audience_roles", position),
                    say(
                        "No role has the code “%(code)s”. %(hint)s",
                        code=code[:40],
                        hint=did_you_mean(code, codes, else_say=hint),
                    ),
                )
        for position, flag in enumerate(session.audience_flags):
            if flag not in NEWCOMERS:
                findings.warn(
                    (*place, "audience_flags", position),
                    say("Nobody carries the flag “%(flag)s” yet.", flag=flag[:40]),
                )


def _check_strands(placed: Sequence[Placed], codes: Sequence[str], findings: Findings) -> None:
    hint = say("Write the code of one of the “strands”, or leave it out.")
    for place, session in placed:
        if session.strand and session.strand not in codes:
            findings.fault(
                (*place, "strand"),
                say(
                    "No strand has the code “%(code)s”. %(hint)s",
                    code=session.strand[:40],
                    hint=did_you_mean(session.strand, codes, else_say=hint),
                ),
            )


def _check_asked(programme: Programme, findings: Findings) -> None:
    """Mention a question that is for a role nobody can have here."""
    codes = [role.code for role in programme.roles]
    for n, question in enumerate(programme.questions or ()):
        for position, code in enumerate(question.role_codes):
            if code not in codes:
                findings.warn(
                    ("questions", n, "role_codes", position),
                    say("No role has the code “%(code)s”, so nobody is asked.", code=code[:40]),
                )


def _check_days(placed: Sequence[Placed], programme: Programme, findings: Findings) -> None:
    """Refuse a session outside the days of an institute; a cohort may meet on other days."""
    days = {day.on for day in programme.days}
    note = findings.warn if programme.kind in COHORT_KINDS else findings.fault
    for place, session in placed:
        if session.meeting or session.starts is None:
            continue
        if days & {session.starts.date(), _day_at_home(session, session.starts, programme)}:
            continue
        note(
            (*place, "start"),
            say(
                "%(on)s is none of the days of the programme. Add it to “days”, or correct it.",
                on=session.starts.date().isoformat(),
            ),
        )


def _day_at_home(session: SessionSpec, starts: datetime, programme: Programme) -> date:
    """Return the day it is at the programme's place when a session elsewhere starts."""
    there = starts.replace(tzinfo=ZoneInfo(session.time_zone))
    return there.astimezone(ZoneInfo(programme.time_zone)).date()


def _check_choices(placed: Sequence[Placed], findings: Findings) -> None:
    groups: dict[str, list[Placed]] = {}
    for place, session in placed:
        if session.choice_group:
            groups.setdefault(session.choice_group, []).append((place, session))
    for name, members in groups.items():
        for place, session in members:
            if session.pick > len(members):
                findings.fault(
                    (*place, "pick"),
                    say(
                        "One cannot pick %(pick)s: “%(group)s” has only %(n)s sessions.",
                        pick=session.pick,
                        group=name,
                        n=len(members),
                    ),
                )
            elif session.pick != members[0][1].pick:
                findings.fault(
                    (*place, "pick"),
                    say(
                        "%(earlier)s says to pick %(pick)s of “%(group)s”. Say the same here.",
                        earlier=path_of(members[0][0]),
                        pick=members[0][1].pick,
                        group=name,
                    ),
                )


def check_whole(programme: Programme, raw: Mapping[str, Any], findings: Findings) -> None:
    """Warn of what can be loaded and yet leaves nobody able to register, or to answer."""
    _check_asked(programme, findings)
    if not programme.roles:
        findings.warn((), say("There are no roles, so nobody can register yet."))
    admits = programme.admission
    if admits and not (admits.home or admits.everywhere or admits.guests or admits.by_request):
        findings.warn(("states_admitted",), say("No state is admitted, so nobody can register."))
    most = programme.max_people
    least = sum(
        role.min
        for role in programme.roles
        if role.strength in _ASKED_OF_ALL and not role.applies_to
    )
    if most is not None and least > most:
        findings.warn(
            ("team", "max_people"),
            say(
                "The roles ask for %(least)s people, and a team has at most %(most)s.",
                least=least,
                most=most,
            ),
        )
    closes = closing(programme.deadlines, VISITOR_CLOSING)
    if closes is None:
        findings.warn((), say("No deadline closes registration, such as “register_by”."))
    elif programme.days and closes.on > programme.days[-1].on:
        position = [deadline["code"] for deadline in raw["deadlines"]].index(closes.code)
        findings.warn(("deadlines", position, "at"), say("Registration closes after the last day."))
