"""What a lead says about waiting: for how many seats, and what of an offer."""

from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, NumberRange, Optional

from consortium.fields import NumberField
from consortium.forms import ActForm
from consortium.words import say
from events.registration.models import Team
from events.registration.service import people_of

ACCEPT, STAY, LEAVE = "accept", "stay", "leave"


class SubmitForm(ActForm):
    """A team is submitted; where there is no place any more, it may want to wait."""

    or_wait = BooleanField(say("If there is no place any more, put us on the waitlist"))


class WaitForm(ActForm):
    """For how many seats the team waits."""

    seats_wanted = NumberField(
        say("Seats you want"),
        [Optional(), NumberRange(min=1, max=999, message=say("Enter a number from 1 to 999."))],
        description=say("As many as you have named, or more if others will come with you."),
    )


class OfferForm(ActForm):
    """What the team makes of the places it is offered."""

    reply = RadioField(
        say("Your answer"),
        [DataRequired(say("Choose an answer."))],
        choices=[
            SelectChoice(ACCEPT, say("We come: register our team with these places")),
            SelectChoice(STAY, say("Not now: put us at the end of the waitlist")),
            SelectChoice(LEAVE, say("We do not come: take us off the waitlist")),
        ],
    )


def wait_form(team: Team, sent: Any) -> WaitForm:
    """Return the form in which the team says for how many seats it waits, as it was sent."""
    if isinstance(sent, WaitForm):
        return sent
    return WaitForm(formdata=None, data={"seats_wanted": people_of(team)})
