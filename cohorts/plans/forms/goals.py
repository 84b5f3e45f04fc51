"""The form of a goal: what it measures, who owns it on each side, the steps on the way."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from cohorts.learning.domain.partners import TableSide, Who
from cohorts.plans.domain import (
    DIRECTIONS,
    PHASE_HINTS,
    PHASES,
    Direction,
    GoalSpec,
    Phase,
    read_amount,
    written,
)
from cohorts.plans.models import Goal
from cohorts.plans.service import Step
from consortium.fields import DayField, Row, Rows, read_whole, refuse
from consortium.forms import ActForm
from consortium.words import say

FROM_THE_LIST = say("Choose one from the list.")
NO_NUMBER = say("Write a number, like 62 or 62.5.")


class StepRow(Row):
    """A milestone."""

    step = HiddenField()
    title = StringField(say("Milestone"))
    due = DayField(say("Until"), [Optional()])


class GoalForm(ActForm):
    """A goal; what is not known yet may stay empty while the plan is a draft."""

    version = HiddenField(default="0")
    title = StringField(
        say("What do you want to reach?"),
        [InputRequired(say("Say in a few words what you want to reach."))],
        description=say("“More third graders read at grade level.”"),
    )
    students = BooleanField(say("It is about what students learn or live through"))
    measure = StringField(
        say("What do you measure?"),
        description=say("One figure that both sides trust: “state reading test, grade 3”."),
    )
    unit = StringField(
        say("In what?"),
        description=say("“%”, “students”, “days”. A few letters."),
    )
    direction = RadioField(
        say("Which way is better?"),
        choices=[SelectChoice(one.value, words) for one, words in DIRECTIONS.items()],
        default=Direction.MORE.value,
    )
    baseline = StringField(say("Where do you stand today?"))
    target = StringField(say("Target"))
    due = DayField(say("Until when?"), [Optional()])
    labor_owner = SelectField(say("Owner, labor"), invalid_choice_message=FROM_THE_LIST)
    management_owner = SelectField(say("Owner, management"), invalid_choice_message=FROM_THE_LIST)
    phase = RadioField(
        say("Where are you with it?"),
        choices=[
            SelectChoice(phase.value, say("%(name)s: %(hint)s", name=name, hint=PHASE_HINTS[phase]))
            for phase, name in PHASES.items()
        ],
        default=Phase.PREPARE.value,
    )
    rows = Rows(StepRow)

    def __init__(self, who: Who, names: Mapping[UUID, str], goal: Goal | None = None) -> None:
        super().__init__(data=_filled(goal) if goal else None)
        self.labor_owner.choices = _owners(who, TableSide.LABOR, names, goal)
        self.management_owner.choices = _owners(who, TableSide.MANAGEMENT, names, goal)
        if goal is not None:
            del self.phase

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; amounts are numbers, and a milestone has words."""
        valid = super().validate(extra_validators)
        if len(self.unit.data or "") > 30:  # noqa: PLR2004  (letters)
            valid = refuse(self.unit, say("Use at most 30 letters."))
        for field in (self.baseline, self.target):
            if (field.data or "") and read_amount(field.data or "") is None:
                valid = refuse(field, NO_NUMBER)
        for row in self.rows.forms:
            if row.due.data is not None and not row.title.data:
                valid = refuse(row.title, say("Say what is to be done by this day."))
        return valid

    @property
    def read_version(self) -> int:
        """The version that the page showed."""
        return read_whole(self.version.data or "") or 0

    @property
    def chosen_phase(self) -> Phase:
        """Where a new goal begins."""
        return Phase(self.phase.data)

    def to_spec(self) -> GoalSpec:
        """Return what was written down."""
        return GoalSpec(
            title=self.title.data or "",
            students=bool(self.students.data),
            measure=self.measure.data or "",
            unit=self.unit.data or "",
            direction=Direction(self.direction.data),
            baseline=_amount(self.baseline),
            target=_amount(self.target),
            due=self.due.data,
            labor_owner=_id(self.labor_owner.data),
            management_owner=_id(self.management_owner.data),
        )

    def to_steps(self) -> Sequence[Step]:
        """Return the milestones; rows without words are none."""
        return [
            Step(title=row.title.data, due=row.due.data, id=_id(row.step.data))
            for row in self.rows.forms
            if row.title.data
        ]


def _owners(
    who: Who, side: TableSide, names: Mapping[UUID, str], goal: Goal | None
) -> list[SelectChoice]:
    """Offer the people of a side, and whoever owns the goal although they have left."""
    people = [
        SelectChoice(str(one.person_id), f"{one.name}, {one.office}" if one.office else one.name)
        for one in who.of(side)
    ]
    owner = goal.spec.owner(side) if goal else None
    if owner is not None and str(owner) not in {one.value for one in people}:
        left = say("%(name)s (has left)", name=names.get(owner, ""))
        people.insert(0, SelectChoice(str(owner), left))
    return [SelectChoice("", say("Not named yet")), *people]


def _filled(goal: Goal) -> dict[str, Any]:
    return {
        "version": str(goal.version),
        "title": goal.title,
        "students": goal.students,
        "measure": goal.measure,
        "unit": goal.unit,
        "direction": goal.direction.value,
        "baseline": written(goal.baseline),
        "target": written(goal.target),
        "due": goal.due,
        "labor_owner": str(goal.labor_owner_id or ""),
        "management_owner": str(goal.management_owner_id or ""),
        "rows": [
            {"step": str(one.id), "title": one.title, "due": one.due} for one in goal.milestones
        ],
    }


def _amount(field: StringField) -> Decimal | None:
    return read_amount(field.data or "")


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
