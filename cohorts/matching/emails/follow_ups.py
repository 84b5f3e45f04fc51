"""The mail that asks how it goes with a match."""

from uuid import UUID

from cohorts.matching.emails.parts import about_page
from consortium.letters import letter
from consortium.ports import Email
from consortium.words import say
from events.facade import InstituteView, ParticipantView


def how_it_goes(
    institute: InstituteView,
    to: ParticipantView,
    peer: ParticipantView,
    question_id: UUID,
    number: int,
) -> Email:
    """Ask someone one thing: did you talk, was it useful, do you need help."""
    return letter(
        "matching/how_it_goes",
        to=to.email,
        subject=say("Have you and %(name)s talked?", name=peer.name),
        name=to.name,
        peer=peer.name,
        weeks=2 if number == 1 else 6,
        **about_page("matching.how_it_goes", institute, question_id=question_id),
    )
