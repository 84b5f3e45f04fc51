"""Whom a session is for, and the sentence for those it is not for."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from consortium.people.domain import SIDE_WORDS, Side
from consortium.words import Sentence, say
from events.schedule.domain.sessions import EVERY_COHORT, EVERYONE, ChoiceRefused, PlannedSession

ANYBODY = UUID(int=0)
"""The seat of an attendee who stands for everyone to whom the programme means the same."""
NEW_DISTRICT = "new_district"
NEW_MEMBER = "new_member"
FLAGS: Mapping[str, Sentence] = {
    NEW_DISTRICT: say("districts that are new to this consortium"),
    NEW_MEMBER: say("people who are new to their team"),
}


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Someone with a seat, as far as the programme asks."""

    seat_id: UUID
    role_codes: tuple[str, ...]
    other_seat_ids: frozenset[UUID] = frozenset()
    """Further seats of the same person: a superintendent of two LEAs sits in two teams."""
    flags: frozenset[str] = frozenset()
    """``new_district``, ``new_member``: what is true of this person."""
    cohort: str = ""
    """The group of a cohort programme the person's team belongs to."""
    sides: frozenset[str] = frozenset()
    """The sides of the person's offices: ``management``, ``labor`` …"""
    days_off: Mapping[date, str] = field(default_factory=dict, hash=False)
    """Optional days on which the person has no place, each with the host's name for it."""
    strands_off: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Strands in which the person has no place, by their codes, each with its name."""

    @property
    def seat_ids(self) -> frozenset[UUID]:
        """Every seat whose choices are this person's."""
        return self.other_seat_ids | {self.seat_id}


class NotForYou(ChoiceRefused):
    """The session is for others; ``reason`` names the field of the session that says so."""

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


def audience_refusal(
    session: PlannedSession,
    attendee: Attendee,
    *,
    role_labels: Mapping[str, str],
    day_label: str = "",
) -> NotForYou | None:
    """Return why the session is not for this attendee, or ``None`` when it is.

    ``reason`` is one of ``audience_roles``, ``audience_sides``, ``audience_flags``, ``cohort``,
    ``strand`` and ``optional_day``; the last two mean that the person has to choose in the
    registration first. The sentence names whom the session is for and what the attendee is
    registered as; ``day_label`` is the host's own word for the day, such as ``PAL, ABC sites
    only``.
    """
    roles = set(session.audience_roles)
    if EVERYONE not in roles and roles.isdisjoint(attendee.role_codes):
        return NotForYou(
            _about_people(
                session,
                day_label,
                whom=_joined([role_labels.get(code, code) for code in session.audience_roles]),
                who=_joined([role_labels.get(code, code) for code in attendee.role_codes]),
            ),
            reason="audience_roles",
        )
    if session.audience_sides and attendee.sides.isdisjoint(session.audience_sides):
        return NotForYou(
            _about_people(
                session,
                day_label,
                whom=_joined([_side(side) for side in session.audience_sides]),
                who=_joined([role_labels.get(code, code) for code in attendee.role_codes]),
            ),
            reason="audience_sides",
        )
    if session.audience_flags and attendee.flags.isdisjoint(session.audience_flags):
        said = _joined([FLAGS.get(flag, flag) for flag in session.audience_flags])
        return NotForYou(
            say("“%(title)s” is for %(whom)s.", title=session.title, whom=said),
            reason="audience_flags",
        )
    if session.cohort not in EVERY_COHORT and session.cohort != attendee.cohort:
        return NotForYou(
            say(
                "“%(title)s” is for %(theirs)s. Your team is in %(yours)s.",
                title=session.title,
                theirs=_cohort(session.cohort),
                yours=_cohort(attendee.cohort),
            ),
            reason="cohort",
        )
    return _not_chosen(session, attendee)


def audience_of(session: PlannedSession) -> Hashable:
    """Return all that ``audience_refusal`` asks of a session: where it is equal, so is the answer.

    Of a thousand sessions few are for different people, so that each audience is counted once.
    """
    on = session.starts.date() if session.starts and not session.meeting else None
    return (
        session.audience_roles,
        session.audience_sides,
        session.audience_flags,
        session.cohort,
        session.strand,
        on,
    )


def audience_in_words(session: PlannedSession, *, role_labels: Mapping[str, str]) -> str:
    """Return whom the session is for; nothing when it is for everyone."""
    parts: list[str] = []
    if EVERYONE not in session.audience_roles:
        parts.extend(role_labels.get(code, code) for code in session.audience_roles)
    if session.audience_sides:
        parts.append(_joined([_side(side) for side in session.audience_sides]))
    if session.audience_flags:
        parts.append(_joined([FLAGS.get(flag, flag) for flag in session.audience_flags]))
    if session.cohort not in EVERY_COHORT:
        parts.append(_cohort(session.cohort))
    return ", ".join(parts)


def _not_chosen(session: PlannedSession, attendee: Attendee) -> NotForYou | None:
    """Return what has to be chosen first in one's registration, if anything."""
    if session.strand in attendee.strands_off:
        return NotForYou(
            say(
                "“%(title)s” belongs to the strand “%(strand)s”. Choose that strand in your "
                "registration first.",
                title=session.title,
                strand=attendee.strands_off[session.strand],
            ),
            reason="strand",
        )
    on = session.starts.date() if session.starts and not session.meeting else None
    if on is not None and on in attendee.days_off:
        return NotForYou(
            say(
                "“%(title)s” is on an optional day (%(day)s). Choose that day in your "
                "registration first.",
                title=session.title,
                day=attendee.days_off[on] or f"{on:%B} {on.day}",
            ),
            reason="optional_day",
        )
    return None


def _about_people(session: PlannedSession, day_label: str, *, whom: str, who: str) -> Sentence:
    if day_label:
        return say(
            "“%(title)s” (%(day)s) is for: %(whom)s. You are registered as: %(who)s.",
            title=session.title,
            day=day_label,
            whom=whom,
            who=who,
        )
    return say(
        "“%(title)s” is for: %(whom)s. You are registered as: %(who)s.",
        title=session.title,
        whom=whom,
        who=who,
    )


def _side(code: str) -> str:
    return SIDE_WORDS[Side(code)] if code in set(Side) else code


def _cohort(code: str) -> str:
    return code.replace("_", " ") if code else say("no group yet")


def _joined(words: Sequence[str]) -> str:
    if len(words) < 2:  # noqa: PLR2004  (two words are what "or" needs)
        return "".join(words)
    return say("%(most)s or %(last)s", most=", ".join(words[:-1]), last=words[-1])
