"""How teams come in, what both sides' leads do together, when people are reminded, strands."""

import re
from typing import Any

from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from consortium.directory.domain.states import STATES
from consortium.fields import Row, Rows, TicksField, refuse
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.institutes.domain import Intake, JointActKind
from events.institutes.domain.sections import (
    Partnership,
    StrandLine,
    Strands,
    Together,
    Ways,
)
from events.institutes.domain.sections.registering import (
    DAYS_ASKED,
    INTAKES,
    JOINT_ACTS,
    REMINDERS,
)
from events.institutes.domain.slugs import slug_of
from events.institutes.models import Institute
from events.institutes.service.sections import section_of

_DAYS = re.compile(r"\s*(?:[0-9]{1,3}\s*(?:[,;]\s*|$))*")


class PartnershipRow(Row):
    """One state with a partnership of its own."""

    state = StringField(say("State"), description=say("Its two letters, such as VT."))
    name = StringField(say("Name of its partnership"))
    url = StringField(say("Address of its pages"), description=say("From https:// on."))
    remove = BooleanField(say("Remove this state"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for all three, or none."""
        valid = super().validate(extra_validators)
        if self.remove.data or not (self.state.data or self.name.data or self.url.data):
            return True
        if (self.state.data or "").strip().upper() not in STATES:
            valid = refuse(self.state, say("Write the two letters of a state."))
        if not self.name.data:
            valid = refuse(self.name, say("Write what the partnership is called."))
        if not (self.url.data or "").startswith("https://"):
            valid = refuse(self.url, say("Write the whole address, from https:// on."))
        return valid

    def to_partnership(self) -> Partnership | None:
        """Return it, if there is one."""
        if self.remove.data or not self.state.data:
            return None
        return Partnership(
            state=self.state.data.strip().upper(),
            name=self.name.data or "",
            url=self.url.data or "",
        )


class WaysForm(VersionedForm):
    """How teams come in."""

    intake = RadioField(say("How do teams come in?"))
    rows = Rows(PartnershipRow)

    def __init__(self, institute: Institute) -> None:
        stored: Ways = section_of(institute, Ways)
        super().__init__(
            data={
                "intake": stored.intake.value,
                "rows": [vars(one) for one in stored.partnerships],
                "version": str(institute.version),
            }
        )
        self.intake.choices = [SelectChoice(mode.value, words) for mode, words in INTAKES.items()]

    def to_section(self) -> Ways:
        """Return what was filled in."""
        said = (row.to_partnership() for row in self.rows.forms)
        return Ways(
            intake=Intake(self.intake.data),
            partnerships=tuple(sorted((one for one in said if one), key=lambda one: one.state)),
        )


class TogetherForm(VersionedForm):
    """What both leads agree to, and when people are reminded."""

    joint_acts = TicksField(
        say("What needs the leads of both sides?"),
        choices=[],
        description=say(
            "One lead asks, the other gets a mail and agrees or answers. Tick nothing, and each "
            "lead acts alone."
        ),
    )
    submit = StringField(REMINDERS["submit"])
    complete = StringField(REMINDERS["complete"])
    confirm = StringField(REMINDERS["confirm"])
    answer = StringField(REMINDERS["answer"])
    choose = StringField(
        REMINDERS["choose"],
        description=say(
            "Counted from the date until which sessions are chosen, or else from the first day. "
            "They hear once more on the day on which choosing opens, where that has a date."
        ),
    )

    def __init__(self, institute: Institute) -> None:
        stored: Together = section_of(institute, Together)
        super().__init__(
            data={
                "joint_acts": [kind.value for kind in stored.joint_acts],
                **{
                    kind: ", ".join(str(day) for day in sorted(days, reverse=True))
                    for kind, days in stored.reminder_days.items()
                },
                "version": str(institute.version),
            }
        )
        self.joint_acts.choices = [
            SelectChoice(kind.value, words) for kind, words in JOINT_ACTS.items()
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what cannot be read as days, beside its field."""
        valid = super().validate(extra_validators)
        for field in (self[kind] for kind in REMINDERS):
            if _days(field.data or "") is None:
                valid = refuse(field, DAYS_ASKED)
        return valid

    def to_section(self) -> Together:
        """Return what was filled in."""
        days = {kind: _days(self[kind].data or "") or () for kind in REMINDERS}
        return Together(
            joint_acts=frozenset(map(JointActKind, self.joint_acts.data or ())),
            reminder_days=days,
        )


class StrandRow(Row):
    """One strand."""

    code = StringField(say("Short name"), description=say("Made from the name if left empty."))
    label = StringField(say("Name"))
    description = TextAreaField(say("What it is about"))
    remove = BooleanField(say("Remove this strand"))

    def to_strand(self) -> StrandLine | None:
        """Return the strand, if there is one."""
        if self.remove.data or not self.label.data:
            return None
        return StrandLine(
            code=slug_of(self.code.data or self.label.data),
            label=self.label.data,
            description=self.description.data or "",
        )


class StrandsForm(VersionedForm):
    """The strands people choose from."""

    rows = Rows(StrandRow)

    def __init__(self, institute: Institute) -> None:
        stored: Strands = section_of(institute, Strands)
        super().__init__(
            data={
                "rows": [vars(strand) for strand in stored.strands],
                "version": str(institute.version),
            }
        )

    def to_section(self) -> Strands:
        """Return what was filled in, in the order of the rows."""
        strands = (row.to_strand() for row in self.rows.forms)
        return Strands(strands=tuple(strand for strand in strands if strand))


def _days(text: str) -> tuple[int, ...] | None:
    """Read numbers of days, the most first; ``None`` where it is anything else."""
    if not _DAYS.fullmatch(text):
        return None
    return tuple(sorted({int(day) for day in re.findall("[0-9]+", text)}, reverse=True))
