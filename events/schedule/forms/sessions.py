"""What a coordinator fills in about a session. Shape is checked here; rules live in ``domain``."""

import re
from collections.abc import Collection
from typing import Any

from wtforms import (
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from consortium.fields import ClockField, DayField, NumberField, TicksField, WebAddress
from consortium.forms import ActForm, PlainText
from consortium.people.domain import Side
from consortium.words import say
from events.institutes.models import Institute
from events.schedule.domain import (
    EVERYONE,
    FEATURES,
    KINDS,
    NEW_DISTRICT,
    NEW_MEMBER,
    SessionSpec,
    code_for,
    feature_in_words,
    kind_in_words,
)
from events.schedule.forms.filling import filled, joined, lines
from events.schedule.models import Session
from events.schedule.service import KnownNames

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,59}")  # as in programme files
VERSION = re.compile(r"[0-9]{1,9}")
STALE = -1
MODES = {
    "": say("Not said"),
    "in_person": say("In person"),
    "virtual": say("Online"),
    "both": say("In person and online"),
}
NEWCOMERS = {
    NEW_DISTRICT: say("People of districts that are new to this consortium"),
    NEW_MEMBER: say("People who are new to their team"),
}
SIDES = {
    Side.MANAGEMENT: say("Management"),
    Side.LABOR: say("Labor"),
    Side.GOVERNANCE: say("Governance"),
    Side.COMMUNITY: say("Community"),
}
FROM_THE_LIST = say("Choose one from the list.")


class SessionForm(ActForm):
    """A session of the programme."""

    version = HiddenField(default="0")
    title = StringField(say("Title"), [InputRequired(say("Give the session a title."))])
    kind = SelectField(say("Kind of session"), invalid_choice_message=FROM_THE_LIST)
    on = DayField(say("Day"), [Optional()], description=say("Leave it empty if not set yet."))
    begins = ClockField(say("Begins"), [Optional()])
    ends = ClockField(say("Ends"), [Optional()])
    ends_on = DayField(
        say("Last day"), [Optional()], description=say("Only if it ends on a later day.")
    )
    room = StringField(say("Room"), description=say("One of your rooms, or the name of a new one."))
    venue = StringField(
        say("Other venue"),
        description=say("Only where no room says it: such as a second hotel for the dinner."),
    )
    presenters = TextAreaField(say("Presenters"), description=say("One name on each line."))
    facilitators = TextAreaField(say("Facilitators"), description=say("One name on each line."))
    track = StringField(
        say("Track"), description=say("A thread through the programme, such as Literacy.")
    )
    mode = SelectField(say("How people meet"), invalid_choice_message=FROM_THE_LIST)
    online_link = StringField(
        say("Online link"),
        [PlainText(longest=2000), WebAddress()],
        description=say("Only people who have a place at the institute see it."),
    )
    description = TextAreaField(say("Description"))
    homework = TextAreaField(say("What to do before"))
    audience_roles = TicksField(
        say("Which roles is it for?"),
        validate_choice=False,
        description=say("Tick none if it is for everyone."),
    )
    audience_sides = TicksField(
        say("Which sides is it for?"),
        choices=[SelectChoice(code, words) for code, words in SIDES.items()],
        description=say("Tick none if it is for all sides."),
    )
    audience_flags = TicksField(
        say("Is it only for newcomers?"),
        choices=[SelectChoice(code, words) for code, words in NEWCOMERS.items()],
        description=say("Tick none if it is for everyone."),
    )
    strand = SelectField(say("Strand"), invalid_choice_message=FROM_THE_LIST, default="")
    cohort = StringField(
        say("Group of the cohort"), description=say("Leave it empty if it is for all groups.")
    )
    choice_group = StringField(
        say("Round"),
        description=say(
            "Sessions with the same round, such as breakout-A, are beside each other, and people "
            "choose among them. Leave it empty if nobody has to choose."
        ),
    )
    pick = NumberField(
        say("How many of the round one person takes"),
        [Optional()],
        description=say("It holds for the whole round."),
    )
    same_content = StringField(
        say("Same content"),
        description=say(
            "Sessions with the same word here repeat each other. We tell people who choose two."
        ),
    )
    capacity = NumberField(
        say("Places"), [Optional()], description=say("Leave it empty if nobody counts.")
    )
    features = TicksField(
        say("What its room must have"),
        validate_choice=False,
        description=say("What is not in this list: write it down for a room first."),
    )
    code = StringField(
        say("Short code"),
        description=say("Part of the address of its calendar file. We make one from the title."),
    )

    def __init__(
        self, institute: Institute, session: Session | None = None, *, known: KnownNames
    ) -> None:
        before = session.drafted if session else None
        super().__init__(data=filled(before, session.version if session else 0))
        self._institute = institute
        self._before = before
        self.known = known
        # A programme file may bring kinds and modes of the host's own; they stay choices.
        own_kind, own_mode = (before.kind, before.mode) if before else ("plenary", "")
        self.kind.choices = [
            SelectChoice(code, kind_in_words(code)) for code in dict.fromkeys([*KINDS, own_kind])
        ]
        self.mode.choices = [
            SelectChoice(code, MODES.get(code, code)) for code in dict.fromkeys([*MODES, own_mode])
        ]
        # A role that was taken out stays ticked until someone says whom the session is for now.
        labels = {code: code for code in before.audience_roles} if before else {}
        labels |= {role.code: role.label for role in institute.roles}
        self.audience_roles.choices = [
            SelectChoice(code, label) for code, label in labels.items() if code != EVERYONE
        ]
        needed = before.features if before else ()
        self.features.choices = [
            SelectChoice(feature, feature_in_words(feature))
            for feature in dict.fromkeys([*FEATURES, *known.features, *needed])
        ]
        self.strand.choices = [
            SelectChoice("", say("For all strands")),
            *(SelectChoice(strand.code, strand.label) for strand in institute.strands),
        ]
        if self.strand.data is None:
            self.strand.data = ""

    @property
    def zone(self) -> str:
        """The zone in which the times are meant."""
        return self._before.time_zone if self._before else self._institute.time_zone

    @property
    def read_version(self) -> int:
        """The version the page was filled from; an unreadable one counts as stale."""
        return read_version(self.version.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and that day and time come together."""
        valid = super().validate(extra_validators)
        if self.on.data and not self.begins.data and not self.begins.errors:
            self.begins.errors = [say("Give the time it begins.")]
            return False
        if not self.on.data and not self.on.errors and (self.begins.data or self.ends.data):
            self.on.errors = [say("Give the day, or leave out the times too.")]
            return False
        return valid

    def validate_code(self, field: StringField) -> None:
        """Codes stand in addresses."""
        if field.data and not CODE.fullmatch(field.data):
            raise ValidationError(
                say("Use letters, digits and hyphens only, at most 60, such as day1-keynote.")
            )

    def _made_code(self, taken: Collection[str]) -> str:
        if self._before is not None:
            return self._before.code
        return code_for(self.title.data or "", taken=taken)

    @property
    def _venue(self) -> str:
        """The venue that is meant: a room that is another one now says its own."""
        venue = self.venue.data or ""
        same = self._before is not None and venue == self._before.venue
        moved = self._before is not None and (self.room.data or "") != self._before.room
        return "" if same and moved and self.room.data else venue

    @property
    def _features(self) -> tuple[str, ...]:
        offered = {choice.value for choice in self.features.choices}
        before = self._before.features if self._before else ()
        return tuple(one for one in self.features.chosen(before=before) if one in offered)

    def to_spec(self, *, taken: Collection[str]) -> SessionSpec:
        """Return what was filled in; ``taken`` are the codes of the other sessions."""
        before = self._before
        return SessionSpec(
            code=self.code.data or self._made_code(taken),
            title=self.title.data or "",
            kind=self.kind.data,
            time_zone=self.zone,
            starts=joined(self.on.data, self.begins.data),
            ends=joined(self.ends_on.data or self.on.data, self.ends.data),
            meeting=before.meeting if before else self._institute.is_cohort,
            description=self.description.data or "",
            room=self.room.data or "",
            venue=self._venue,
            presenters=lines(self.presenters.data),
            facilitators=lines(self.facilitators.data),
            track=self.track.data or "",
            mode=self.mode.data or "",
            online_link=self.online_link.data or "",
            homework=self.homework.data or "",
            audience_roles=tuple(self.audience_roles.data or [EVERYONE]),
            audience_sides=tuple(self.audience_sides.data or ()),
            audience_flags=tuple(self.audience_flags.data or ()),
            strand=self.strand.data or "",
            cohort=self.cohort.data or "",
            choice_group=self.choice_group.data or "",
            pick=1 if self.pick.data is None else self.pick.data,
            same_content=self.same_content.data or "",
            capacity=self.capacity.data,
            features=self._features,
            extras=before.extras if before else {},
        )


def read_version(said: object) -> int:
    """Return the version a page was filled from; an unreadable one counts as stale."""
    text = str(said or "")
    return int(text) if VERSION.fullmatch(text) else STALE
