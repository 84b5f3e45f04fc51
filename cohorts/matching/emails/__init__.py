"""The mails of the matching: who one's peers are, where one's team sits. Never a contact."""

from collections.abc import Sequence
from dataclasses import dataclass

from cohorts.matching.domain.asking import ANSWER_WITHIN, RequestKind
from cohorts.matching.emails.parts import about_page
from consortium.letters import letter, letters
from consortium.ports import Email
from consortium.words import Sentence, say
from events.facade import InstituteView, ParticipantView, RegisteredTeam


@dataclass(frozen=True, kw_only=True)
class Introduced:
    """A peer as the mail names one; what else the peer shares stays on the page."""

    name: str
    role_label: str
    lea_name: str
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Grouped:
    """A team and its company as the mail says them."""

    team: str
    number: int = 0
    """The table's number; 0 for partners."""
    theme: str = ""
    others: tuple[RegisteredTeam, ...] = ()
    """Who is there; nobody where the team has no company any more."""
    reasons: tuple[Sentence, ...] = ()


def grouped(  # noqa: PLR0913  (what such a mail says)
    institute: InstituteView,
    to: Sequence[ParticipantView],
    told: Sequence[Grouped],
    *,
    tables: bool,
    changed: bool,
    suggested: bool = False,
) -> list[Email]:
    """Tell people of the same teams where each of these is, with whom and why."""
    subject = {
        (True, False): say("Your table at %(title)s", title=institute.title),
        (True, True): say("Your table at %(title)s has changed", title=institute.title),
        (False, False): say("Your partner team at %(title)s", title=institute.title),
        (False, True): say("Your partner team at %(title)s has changed", title=institute.title),
    }[tables, changed]
    if suggested:
        subject = say("A partner team is suggested at %(title)s", title=institute.title)
    return letters(
        "matching/grouped",
        [(person.email, person.name) for person in to],
        subject=subject,
        told=told,
        tables=tables,
        changed=changed,
        suggested=suggested,
        **about_page("matching.together", institute),
    )


def introduction(
    institute: InstituteView,
    to: ParticipantView,
    peers: Sequence[Introduced],
    *,
    suggested: bool = False,
) -> Email:
    """Tell someone who the peers are and why, or who is suggested and may be accepted."""
    subject = say("Your peers from %(title)s", title=institute.title)
    if suggested:
        subject = say("People suggested to you: %(title)s", title=institute.title)
    return letter(
        "matching/introduction",
        to=to.email,
        subject=subject,
        name=to.name,
        peers=peers,
        suggested=suggested,
        **about_page("matching.mine", institute),
    )


def asked_for_match(
    institute: InstituteView,
    to: ParticipantView,
    who: Introduced,
    *,
    kind: RequestKind,
    words: str,
) -> Email:
    """Tell someone who asks for a match, why the two fit, and what the other wrote."""
    subject = say("%(name)s asks you for a match", name=who.name)
    if kind is RequestKind.MENTOR:
        subject = say("%(name)s asks you to be a mentor", name=who.name)
    return letter(
        "matching/asked",
        to=to.email,
        subject=subject,
        name=to.name,
        peer=who,
        mentor=kind is RequestKind.MENTOR,
        words=words,
        **about_page("matching.mine", institute),
    )


def request_declined(institute: InstituteView, to: ParticipantView, asked: str) -> Email:
    """Tell who asked that the other cannot take it on, and where others are."""
    return letter(
        "matching/request_declined",
        to=to.email,
        subject=say("%(name)s cannot take on a match now", name=asked),
        name=to.name,
        asked=asked,
        **about_page("matching.ask", institute),
    )


def lapsed(institute: InstituteView, to: ParticipantView, other: str, *, suggested: bool) -> Email:
    """Tell who asked for, or accepted, another that there was no answer in time.

    It leads to those who can be asked.
    """
    return letter(
        "matching/lapsed",
        to=to.email,
        subject=say("No answer from %(name)s", name=other),
        name=to.name,
        other=other,
        suggested=suggested,
        weeks=ANSWER_WITHIN.days // 7,
        **about_page("matching.ask", institute),
    )


def introduced(institute: InstituteView, to: ParticipantView, peer: Introduced) -> Email:
    """Tell one of two who accepted each other who the other is and why they should talk."""
    return letter(
        "matching/introduced",
        to=to.email,
        subject=say("Meet %(name)s, %(role)s", name=peer.name, role=peer.role_label),
        name=to.name,
        peer=peer,
        **about_page("matching.mine", institute),
    )
