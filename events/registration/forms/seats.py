"""What a member fills in on the own page."""

from collections.abc import Sequence

from wtforms import BooleanField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice

from consortium.forms import ActForm, KeptForm, PlainText
from consortium.people.domain import CONSENT_COVERS
from consortium.people.models import Consent
from consortium.words import say
from events.registration.forms.fields import name_field, tick_list
from events.registration.models import Seat
from events.registration.service import OwnDetails

LONGEST_ANSWER = 1000
DECLINE = "decline"
"""What the names of the fields of ``DeclineForm`` begin with."""


def _answer(label: str, description: str) -> TextAreaField:
    return TextAreaField(
        label,
        [PlainText(lines=True, longest=LONGEST_ANSWER)],
        description=description,
        render_kw={"rows": 3},
    )


class OwnPageForm(KeptForm):
    """The member's own answers; nothing of it is seen by others unless it says so."""

    name = name_field(say("Your name, as it stands on your badge"), say("Enter your name."))
    phone = TelField(
        say("Telephone during the institute"),
        description=say(
            "With the country code, like +1 609 555 0142. Only the hosts see it, unless you share "
            "it below."
        ),
        render_kw={"autocomplete": "tel"},
    )
    dietary = StringField(
        say("Food"), description=say("Allergies and what you do not eat. Only the hosts see it.")
    )
    access_needs = StringField(
        say("Access"),
        description=say("A ramp, an interpreter, large print … Only the hosts see it."),
    )
    goals = tick_list(
        say("What do you work on?"), description=say("Peers with the same goals are found first.")
    )
    offers = _answer(say("What can you share with others?"), say("A sentence or two is enough."))
    asks = _answer(say("What would you like to learn?"), say("A sentence or two is enough."))
    wants_peers = BooleanField(
        say("Match me with peers from other LEAs. They see my name, my role and my LEA."),
        description=CONSENT_COVERS,
    )
    shares_email = BooleanField(say("My matched peers may see my e-mail address."))
    shares_phone = BooleanField(say("My matched peers may see my telephone number."))

    def about(self, goals: Sequence[str]) -> None:
        """Offer the goals of the consortium."""
        self.goals.choices = [SelectChoice(goal, goal) for goal in goals]

    def fill(self, seat: Seat, consent: Consent | None) -> None:
        """Show what the member said before; ``consent`` is what holds of that."""
        self.name.data = seat.name
        self.phone.data = seat.phone or seat.person.phone
        self.dietary.data = seat.dietary
        self.access_needs.data = seat.access_needs
        self.goals.data = list(seat.goals)
        self.offers.data = seat.offers
        self.asks.data = seat.asks
        self.wants_peers.data = consent is not None and seat.wants_peers
        self.shares_email.data = consent is not None and consent.shares_email
        self.shares_phone.data = consent is not None and consent.shares_phone

    def to_details(self) -> OwnDetails:
        """Return what the member says, with the sentences of consent as they stood there."""
        agreed = (self.wants_peers, self.shares_email, self.shares_phone)
        return OwnDetails(
            name=self.name.data,
            phone=self.phone.data or "",
            dietary=self.dietary.data or "",
            access_needs=self.access_needs.data or "",
            goals=tuple(self.goals.data or ()),
            offers=self.offers.data or "",
            asks=self.asks.data or "",
            wants_peers=self.wants_peers.data,
            shares_email=self.shares_email.data,
            shares_phone=self.shares_phone.data,
            wording=" ".join(
                (*(tick.label.text for tick in agreed if tick.data), str(CONSENT_COVERS))
            ),
        )


class DeclineForm(ActForm):
    """Why a member cannot come."""

    reason = StringField(say("Reason"), description=say("Your team's leads read it."))
