"""Whom a session is for, and the sentence for those it is not for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from consortium.words import Sentence, say
from events.schedule.domain.sessions import EVERY_COHORT, EVERYONE, ChoiceRefused, PlannedSession

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

    The sentence names whom the session is for and what the attendee is registered as;
    ``day_label`` is the host's own word for the day, such as ``PAL, ABC sites only``.
    """
    roles = set(session.audience_roles)
    if EVERYONE not in roles and roles.isdisjoint(attendee.role_codes):
        return NotForYou(
            _about_roles(session, attendee, role_labels, day_label), reason="audience_roles"
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
    return None


def audience_in_words(session: PlannedSession, *, role_labels: Mapping[str, str]) -> str:
    """Return whom the session is for; nothing when it is for everyone."""
    parts: list[str] = []
    if EVERYONE not in session.audience_roles:
        parts.extend(role_labels.get(code, code) for code in session.audience_roles)
    if session.audience_flags:
        parts.append(_joined([FLAGS.get(flag, flag) for flag in session.audience_flags]))
    if session.cohort not in EVERY_COHORT:
        parts.append(_cohort(session.cohort))
    return ", ".join(parts)


def _about_roles(
    session: PlannedSession, attendee: Attendee, role_labels: Mapping[str, str], day_label: str
) -> Sentence:
    whom = _joined([role_labels.get(code, code) for code in session.audience_roles])
    who = _joined([role_labels.get(code, code) for code in attendee.role_codes])
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


def _cohort(code: str) -> str:
    return code.replace("_", " ") if code else say("no group yet")


def _joined(words: Sequence[str]) -> str:
    if len(words) < 2:  # noqa: PLR2004  (two words are what "or" needs)
        return "".join(words)
    return say("%(most)s or %(last)s", most=", ".join(words[:-1]), last=words[-1])
