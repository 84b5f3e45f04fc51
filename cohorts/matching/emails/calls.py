"""The mails about a call of two matched people."""

from datetime import datetime
from uuid import UUID

from cohorts.matching.emails.parts import about_page
from consortium.letters import letter
from consortium.ports import Attachment, Email
from consortium.words import Sentence, say
from events.facade import InstituteView, ParticipantView

When = tuple[datetime, datetime, str]
"""Begin and end by the reader's clocks, and their zone."""


def call_proposed(
    institute: InstituteView, to: ParticipantView, peer: ParticipantView, when: When, place: str
) -> Email:
    """Tell someone which time the other proposes, by the reader's own clocks."""
    subject = say("%(name)s proposes a call", name=peer.name)
    return _mail("proposed", institute, to, peer, subject, when=when, place=place)


def call_refused(
    institute: InstituteView, to: ParticipantView, peer: ParticipantView, when: When
) -> Email:
    """Tell who proposed that the other cannot then."""
    subject = say("%(name)s cannot at that time", name=peer.name)
    return _mail("refused", institute, to, peer, subject, when=when)


def call_agreed(  # noqa: PLR0913, PLR0917  (what such a mail says)
    institute: InstituteView,
    to: ParticipantView,
    peer: ParticipantView,
    when: When,
    place: str,
    files: Attachment,
    *,
    moved: bool,
) -> Email:
    """Invite someone to the call that both agreed on; the calendar file travels with it."""
    subject = say("Your call with %(name)s", name=peer.name)
    if moved:
        subject = say("Your call with %(name)s: new time", name=peer.name)
    return _mail(
        "agreed", institute, to, peer, subject, when=when, place=place, moved=moved, files=files
    )


def call_off(institute: InstituteView, to: ParticipantView, name: str, files: Attachment) -> Email:
    """Tell someone that the call does not take place; calendars take it out."""
    return letter(
        "matching/call",
        to=to.email,
        subject=say("Your call with %(name)s does not take place", name=name),
        attachments=(files,),
        name=to.name,
        what="off",
        peer=name,
        when=None,
        place="",
        **about_page("matching.mine", institute),
    )


def _mail(  # noqa: PLR0913  (what such a mail says)
    what: str,
    institute: InstituteView,
    to: ParticipantView,
    peer: ParticipantView,
    subject: Sentence,
    *,
    when: When,
    place: str = "",
    moved: bool = False,
    files: Attachment | None = None,
) -> Email:
    peer_id: UUID = peer.person_id
    return letter(
        "matching/call",
        to=to.email,
        subject=subject,
        attachments=(files,) if files else (),
        name=to.name,
        what=what,
        peer=peer.name,
        when=when,
        place=place,
        moved=moved,
        **about_page("matching.call", institute, person_id=peer_id),
    )
