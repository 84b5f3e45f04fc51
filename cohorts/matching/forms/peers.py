"""What coordinators choose for a run, and what participants agree to."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from cohorts.matching.domain.searching import EACH, MOST_EACH, SearchKind, Wish
from cohorts.matching.service import Limit, OwnSharing, Sharing
from consortium.forms import ActForm
from consortium.people.domain import CONSENT_COVERS
from consortium.words import say
from events.facade import ParticipantView

PIN, FORBID = "pin", "forbid"
EVERYONES = 0


class RunForm(ActForm):
    """How many peers everyone gets at most."""

    each = SelectField(
        say("Peers for each person, at most"),
        coerce=int,
        choices=[SelectChoice(n, str(n)) for n in range(1, MOST_EACH + 1)],
        default=EACH,
        description=say("Three gives people a choice and nobody too many mails."),
    )

    def to_wish(self, kind: SearchKind) -> Wish:
        """Return what to search for."""
        return Wish(kind=kind, each=self.each.data)


class TermsForm(ActForm):
    """Whether both are asked first."""

    two_sided = BooleanField(say("Ask both first"))


class WhatIfForm(RunForm):
    """Which rules to try out beside those that hold."""

    only_close_roles = BooleanField(
        say("Only the same role, or roles that the weights relate, may meet")
    )
    needs_common_ground = BooleanField(
        say("A shared goal or help is needed: the role alone is no reason")
    )
    other_states = BooleanField(say("Only people of different states may meet"))

    def to_wish(self, kind: SearchKind = SearchKind.WHAT_IF) -> Wish:
        """Return what to try out."""
        return Wish(
            kind=kind,
            each=self.each.data,
            only_close_roles=self.only_close_roles.data,
            needs_common_ground=self.needs_common_ground.data,
            other_states=self.other_states.data,
        )


class LockForm(ActForm):
    """Two people who must meet, or never."""

    kind = RadioField(
        say("What holds for the two"),
        choices=[
            SelectChoice(PIN, say("They must meet")),
            SelectChoice(FORBID, say("They never meet, at any institute")),
        ],
        default=PIN,
    )
    first = SelectField(say("The one"))
    second = SelectField(say("The other"))
    reason = StringField(
        say("Why they never meet"),
        description=say("Only staff read it. Needed for “never”."),
    )

    def offer(self, people: Sequence[ParticipantView]) -> None:
        """Let the form choose among these people."""
        choices = [
            SelectChoice(str(each.person_id), f"{each.name}, {each.role_label}, {each.lea_name}")
            for each in people
        ]
        for field in (self.first, self.second):
            field.choices = choices

    @property
    def pair(self) -> tuple[UUID, UUID]:
        """The two people who are chosen."""
        return UUID(self.first.data), UUID(self.second.data)


class OwnLimitForm(ActForm):
    """How many peers someone takes."""

    most = SelectField(
        say("Peers in one round, at most"),
        coerce=int,
        choices=[
            SelectChoice(EVERYONES, say("As many as everyone")),
            *(SelectChoice(n, str(n)) for n in range(1, MOST_EACH + 1)),
        ],
        default=EVERYONES,
    )
    paused = BooleanField(
        say("No new peers for now"),
        description=say("Peers there are stay. Untick it to take part in the next round again."),
    )

    listed = BooleanField(
        say("Others may ask me for a match"),
        description=say(
            "People of the same institute or cohort who take part see your name, your role and "
            "your LEA in a list. They see no contact before you say yes."
        ),
    )

    was = HiddenField()
    """The mark of the limit that the page showed."""

    def fill(self, limit: Limit) -> None:
        """Show what holds now."""
        self.was.data = limit.mark
        self.most.data = limit.most or EVERYONES
        self.paused.data = limit.paused
        self.listed.data = limit.listed

    def to_limit(self, before: Limit) -> Limit:
        """Return what the person says; whether they are a mentor stays the hosts' word."""
        return Limit(
            most=self.most.data or None,
            mentor=before.mentor,
            paused=self.paused.data,
            listed=self.listed.data,
        )


class LimitForm(OwnLimitForm):
    """What a coordinator says on someone's behalf."""

    mentor = BooleanField(
        say("A mentor: the number above is for all peers of twelve months, at every institute"),
        description=say("So that those who have much to show are not exhausted by visitors."),
    )

    def fill(self, limit: Limit) -> None:
        """Show what holds now."""
        super().fill(limit)
        self.mentor.data = limit.mentor

    def to_limit(self, before: Limit) -> Limit:
        """Return what is said."""
        return replace(super().to_limit(before), mentor=self.mentor.data)


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
