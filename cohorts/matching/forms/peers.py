"""What coordinators choose for a run, and what participants agree to."""

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from cohorts.matching.service import OwnSharing, Sharing
from consortium.forms import ActForm
from consortium.people.domain import CONSENT_COVERS
from consortium.words import say

MOST_EACH = 5


class RunForm(ActForm):
    """How many peers everyone gets at most."""

    each = SelectField(
        say("Peers for each person, at most"),
        coerce=int,
        choices=[SelectChoice(n, str(n)) for n in range(1, MOST_EACH + 1)],
        default=3,
        description=say("Three gives people a choice and nobody too many mails."),
    )


class SharingForm(ActForm):
    """Three sentences that are off until someone ticks them."""

    wants_peers = BooleanField(
        say("Match me with peers from other LEAs. They see my name, my role and my LEA."),
        description=CONSENT_COVERS,
    )
    shares_email = BooleanField(say("My matched peers may see my e-mail address."))
    shares_phone = BooleanField(say("My matched peers may see my telephone number."))

    def fill(self, sharing: Sharing) -> None:
        """Show what holds now, and which address and number it is about."""
        self.wants_peers.data = sharing.wants_peers
        self.shares_email.data = sharing.shares_email
        self.shares_phone.data = sharing.shares_phone

    def about(self, sharing: OwnSharing, *, by_site: bool) -> None:
        """Say which peers, which address and which number the sentences speak of."""
        if by_site:
            self.wants_peers.label.text = say(
                "Match me with peers from other sites. They see my name, my role and my site."
            )
        self.shares_email.description = sharing.email
        self.shares_phone.description = sharing.phone or say(
            "We have no number of yours. You can add one on your seat's page."
        )

    def to_sharing(self) -> Sharing:
        """Return what the person agrees to."""
        return Sharing(
            wants_peers=self.wants_peers.data,
            shares_email=self.shares_email.data,
            shares_phone=self.shares_phone.data,
        )

    @property
    def wording(self) -> str:
        """The sentences that were ticked, and what holds for all of them, as they stood there."""
        ticks = (self.wants_peers, self.shares_email, self.shares_phone)
        ticked = (str(tick.label.text) for tick in ticks if tick.data)
        return " ".join((*ticked, str(CONSENT_COVERS)))
