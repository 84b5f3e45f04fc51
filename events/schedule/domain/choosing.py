"""What one may choose: no more than the round allows, nothing twice, nothing at the same time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from consortium.words import Sentence, say
from events.schedule.domain.audience import Attendee, audience_refusal
from events.schedule.domain.sessions import ChoiceRefused, PlannedSession, in_order

NO_LABELS: Mapping[str, str] = {}


class SwapOffered(ChoiceRefused):
    """The person holds what the round allows; one of ``held`` can be given up for ``wanted``."""

    def __init__(self, held: tuple[PlannedSession, ...], wanted: PlannedSession) -> None:
        super().__init__(
            say(
                "You already have “%(held)s” in this round. Swap it if you would rather go to "
                "“%(wanted)s”.",
                held="”, “".join(session.title for session in held),
                wanted=wanted.title,
            )
        )
        self.held = held
        self.wanted = wanted


class SameContentTwice(ChoiceRefused):
    """The person hears the content of ``wanted`` already, in ``heard``, and did not say twice."""

    def __init__(self, wanted: PlannedSession, heard: PlannedSession) -> None:
        super().__init__(
            say(
                "You would hear the same content twice: you have “%(heard)s” already.",
                heard=heard.title,
            )
        )
        self.wanted = wanted
        self.heard = heard


class SessionFull(ChoiceRefused):
    """Every place in ``wanted`` is taken, or kept for who waits."""

    def __init__(self, title: str) -> None:
        super().__init__(
            say("“%(title)s” is full. Choose another, or wait for a place.", title=title)
        )


@dataclass(frozen=True, kw_only=True)
class Promoted:
    """The place goes to this person."""

    leaving: PlannedSession | None = None
    """What the person gives up for it, in the same round."""


@dataclass(frozen=True, kw_only=True)
class PassedOver:
    """The place goes to the next; this person goes on waiting."""

    because: PlannedSession
    """What the person has instead at that time, or cannot leave any more."""


@dataclass(frozen=True, kw_only=True)
class TakenOut:
    """The person waits no longer."""

    why: Sentence | str = ""
    """What the person is told; nothing where nobody needs to hear it."""


def check_choice(
    wanted: PlannedSession,
    held: Sequence[PlannedSession],
    *,
    giving_up: PlannedSession | None = None,
    twice: bool = False,
) -> None:
    """Raise why someone who holds ``held`` cannot take ``wanted`` too.

    Raises ``SwapOffered`` when the round allows no more, ``SessionFull``, ``SameContentTwice``
    unless the person wants it ``twice``, or ``ChoiceRefused`` when the session is cancelled or at
    the same time as one chosen in another round.
    """
    check_not_cancelled(wanted)
    kept = _kept(held, giving_up)
    same_round = in_round(wanted, kept)
    if len(same_round) >= wanted.pick:
        raise SwapOffered(same_round, wanted)
    check_time(wanted, kept)
    if wanted.is_full:
        raise SessionFull(wanted.title)
    check_content(wanted, kept, twice=twice)


def check_wait(
    wanted: PlannedSession,
    held: Sequence[PlannedSession],
    *,
    instead_of: UUID | None = None,
    twice: bool = False,
) -> None:
    """Raise why someone who holds ``held`` cannot wait for a place in ``wanted``.

    Raises as ``check_choice`` does, but for what is given up when the place comes.
    """
    check_not_cancelled(wanted)
    if not wanted.is_full:
        raise ChoiceRefused(
            say("There is a place in “%(title)s” now. Choose it.", title=wanted.title)
        )
    kept = _kept(held, given_up_for(wanted, held, instead_of))
    check_time(wanted, kept)
    check_content(wanted, kept, twice=twice)


def judge_waiter(  # noqa: PLR0913  (what decides whether a place can be given to someone)
    wanted: PlannedSession,
    attendee: Attendee,
    held: Sequence[PlannedSession],
    *,
    instead_of: UUID | None = None,
    begun: Collection[UUID] = (),
    role_labels: Mapping[str, str] = NO_LABELS,
) -> Promoted | PassedOver | TakenOut:
    """Return what becomes of someone who waits for ``wanted`` when a place in it is free.

    Someone whom the session is not for any more is taken out and told. Who has chosen something
    else at that time since, or cannot leave what has begun, is passed over and goes on waiting.
    A session that is in no round any more is for everyone it names; nobody waits for it.
    """
    has_it = wanted.id in {session.id for session in held}
    if wanted.cancelled or wanted.id in begun or has_it or not wanted.choice_group:
        return TakenOut()
    refusal = audience_refusal(wanted, attendee, role_labels=role_labels)
    if refusal is not None:
        return TakenOut(why=refusal.message)
    leaving = given_up_for(wanted, held, instead_of)
    if leaving is not None and leaving.id in begun:
        return PassedOver(because=leaving)
    for session in _kept(held, leaving):
        if session.overlaps(wanted):
            return PassedOver(because=session)
    return Promoted(leaving=leaving)


def given_up_for(
    wanted: PlannedSession, held: Sequence[PlannedSession], named: UUID | None = None
) -> PlannedSession | None:
    """Return what someone gives up in the round for ``wanted``, if the round allows no more.

    That is the session that was ``named`` while it is still held, else the last of those held.
    """
    same_round = in_round(wanted, _kept(held, None))
    if len(same_round) < wanted.pick:
        return None
    return next((session for session in same_round if session.id == named), same_round[-1])


def in_round(wanted: PlannedSession, held: Sequence[PlannedSession]) -> tuple[PlannedSession, ...]:
    """Return those of ``held`` that are of the same round as ``wanted``, in order of time."""
    return tuple(
        session
        for session in sorted(held, key=in_order)
        if session.choice_group == wanted.choice_group and session.id != wanted.id
    )


def heard_before(session: PlannedSession, held: Sequence[PlannedSession]) -> PlannedSession | None:
    """Return another session with the same content among those held, if there is one."""
    if not session.same_content:
        return None
    return next(
        (
            other
            for other in held
            if other.id != session.id and other.same_content == session.same_content
        ),
        None,
    )


def check_not_cancelled(wanted: PlannedSession) -> None:
    """Raise ``ChoiceRefused`` for a session that is not held."""
    if wanted.cancelled:
        raise ChoiceRefused(say("“%(title)s” was cancelled. Choose another.", title=wanted.title))


def check_time(wanted: PlannedSession, kept: Sequence[PlannedSession]) -> None:
    """Raise ``ChoiceRefused`` where something else that was chosen is at the same time."""
    for session in kept:
        if session.overlaps(wanted):
            raise ChoiceRefused(
                say(
                    "“%(wanted)s” is at the same time as “%(held)s”. Drop that one first.",
                    wanted=wanted.title,
                    held=session.title,
                )
            )


def check_content(
    wanted: PlannedSession, kept: Sequence[PlannedSession], *, twice: bool = False
) -> None:
    """Raise ``SameContentTwice`` where the same is heard already, unless that is wanted."""
    heard = None if twice else heard_before(wanted, kept)
    if heard is not None:
        raise SameContentTwice(wanted, heard)


def _kept(
    held: Sequence[PlannedSession], giving_up: PlannedSession | None
) -> tuple[PlannedSession, ...]:
    return tuple(
        session
        for session in held
        if not session.cancelled and (giving_up is None or session.id != giving_up.id)
    )
