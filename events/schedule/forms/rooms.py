"""What a coordinator fills in about venues, rooms and presenters."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import EmailField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Optional

from consortium.fields import NumberField, TicksField
from consortium.forms import ActForm
from consortium.words import Sentence, say
from events.schedule.domain import FEATURES, PresenterSpec, RoomSpec, VenueSpec, feature_in_words
from events.schedule.domain.rooms import MOST_PLACES, key_of
from events.schedule.models import Presenter, Room, Venue


class VenueForm(ActForm):
    """A house in which sessions are held, beside the institute's own venue."""

    kind: Sentence = say("venue")
    adding: Sentence = say("Add a venue")
    name = StringField(say("Name"), [InputRequired(say("Give the venue a name."))])
    address = TextAreaField(say("Address"))
    notes = TextAreaField(
        say("How to get there and in"),
        description=say("The way from the other venue, parking, step-free doors."),
    )

    def __init__(self, venue: Venue | None = None) -> None:
        super().__init__(obj=venue)

    def to_spec(self) -> VenueSpec:
        """Return what was filled in."""
        return VenueSpec(
            name=self.name.data or "", address=self.address.data or "", notes=self.notes.data or ""
        )

    def which(self, row: Any) -> Mapping[str, Any]:
        """Return which venue is changed, as the act asks."""
        return {"venue": row}


class RoomForm(ActForm):
    """A room in which sessions are held."""

    kind: Sentence = say("room")
    adding: Sentence = say("Add a room")
    name = StringField(
        say("Name"),
        [InputRequired(say("Give the room a name."))],
        description=say("As it stands on the door. Each name only once in an institute."),
    )
    venue = SelectField(
        say("Venue"), invalid_choice_message=say("Choose one from the list."), default=""
    )
    capacity = NumberField(
        say("How many people it holds"),
        [Optional()],
        least=1,
        most=MOST_PLACES,
        description=say("Leave it empty if nobody counted."),
    )
    features = TicksField(say("What it has"), validate_choice=False)
    further = StringField(
        say("What else it has"),
        description=say("Such as Piano; with commas between. Sessions can ask for it then."),
    )
    notes = TextAreaField(say("Notes"), description=say("Where to find it, what is missing."))

    def __init__(self, venues: Sequence[Venue], room: Room | None = None, *, own: str) -> None:
        super().__init__(obj=room)
        self.venue.choices = [
            SelectChoice("", own or say("The institute's own venue")),
            *(SelectChoice(venue.name, venue.name) for venue in venues),
        ]
        if self.venue.data is None:
            self.venue.data = ""
        more = room.features if room else []
        self.features.choices = [
            SelectChoice(feature, feature_in_words(feature))
            for feature in dict.fromkeys([*FEATURES, *more])
        ]

    def to_spec(self) -> RoomSpec:
        """Return what was filled in."""
        known = {choice.value for choice in self.features.choices}
        return RoomSpec(
            name=self.name.data or "",
            venue=self.venue.data or "",
            capacity=self.capacity.data,
            features=self._with_further(one for one in self.features.data or () if one in known),
            notes=self.notes.data or "",
        )

    def _with_further(self, ticked: Iterable[str]) -> tuple[str, ...]:
        """Return what is ticked and what is written beside it, each once however spelt."""
        words = {key_of(feature_in_words(code)): code for code in FEATURES}
        said = (" ".join(one.split()) for one in (self.further.data or "").split(","))
        found: dict[str, str] = {}
        for one in (*ticked, *(words.get(key_of(one), one) for one in said if one)):
            found.setdefault(key_of(one), one)
        return tuple(found.values())

    def which(self, row: Any) -> Mapping[str, Any]:
        """Return which room is changed, as the act asks."""
        return {"room": row}


class PresenterForm(ActForm):
    """Someone who holds sessions."""

    kind: Sentence = say("presenter")
    adding: Sentence = say("Add a presenter")
    name = StringField(say("Name"), [InputRequired(say("Give the presenter's name."))])
    affiliation = StringField(
        say("From where"), description=say("LEA, association or university, as people read it.")
    )
    email = EmailField(
        say("E-mail address"),
        [Optional(), Email(say("Write an address like name@example.org."))],
        description=say(
            "Never shown to the public. Who signs in with it may add materials to these sessions."
        ),
    )
    about = TextAreaField(say("About"), description=say("A sentence or two for the programme."))

    def __init__(self, presenter: Presenter | None = None) -> None:
        super().__init__(obj=presenter)

    def to_spec(self) -> PresenterSpec:
        """Return what was filled in."""
        return PresenterSpec(
            name=self.name.data or "",
            affiliation=self.affiliation.data or "",
            email=(self.email.data or "").strip().lower(),
            about=self.about.data or "",
        )

    def which(self, row: Any) -> Mapping[str, Any]:
        """Return which presenter is changed, as the act asks."""
        return {"presenter": row}
