"""The checklist of one's own duties, and a consortium's own words for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from cohorts.plans.domain.checklist import Checklist, OwnDuty
from cohorts.plans.domain.duties import DUTIES, Duty, Group
from cohorts.plans.domain.readiness import READY, Ready
from consortium.forms import ActForm, PlainText
from consortium.tenants.forms import VersionedForm
from consortium.words import say

LONGEST_DUTY = 200


class ReadinessForm(ActForm):
    """One question for each duty; those left open stay open."""

    duties: Sequence[Duty] = ()

    @property
    def questions(self) -> Sequence[tuple[Duty, Field]]:
        """The duties with their fields."""
        return [(duty, self[_name(n)]) for n, duty in enumerate(self.duties)]

    def to_answers(self) -> Mapping[str, Ready]:
        """Return what was answered, by duty."""
        known = {ready.value for ready in Ready}
        return {
            duty.code: Ready(field.data) for duty, field in self.questions if field.data in known
        }


class ChecklistForm(VersionedForm, ActForm):
    """A consortium's own words for each duty."""

    duties: Sequence[Duty] = ()

    def lines_of(self, group: Group) -> Sequence[tuple[Duty, Field, Field]]:
        """Return each duty of a group with the field of its words and the tick."""
        return [
            (duty, self[_text(n)], self[_asked(n)])
            for n, duty in enumerate(self.duties)
            if duty.group is group
        ]

    def to_own(self) -> Mapping[str, OwnDuty]:
        """Return what was written, by duty."""
        return {
            duty.code: OwnDuty(
                text=" ".join((self[_text(n)].data or "").split()), asked=self[_asked(n)].data
            )
            for n, duty in enumerate(self.duties)
        }


def checklist_form(checklist: Checklist, version: int) -> ChecklistForm:
    """Return the form with what is asked now."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {"version": str(version)}
    for n, duty in enumerate(DUTIES):
        own = checklist.of(duty.code)
        fields[_text(n)] = TextAreaField(say("Your own words"), [PlainText(longest=LONGEST_DUTY)])
        fields[_asked(n)] = BooleanField(say("Ask about this"))
        data |= {_text(n): own.text, _asked(n): own.asked}
    made: type[ChecklistForm] = type("Checklist", (ChecklistForm,), {**fields, "duties": DUTIES})
    return made(data=data)


def readiness_form(duties: Sequence[Duty], said: Mapping[str, Ready]) -> ReadinessForm:
    """Return the form that asks about these duties; ``said`` is what was answered before."""
    choices = [SelectChoice(ready.value, words) for ready, words in READY.items()]
    fields: dict[str, Any] = {
        _name(n): RadioField(duty.text, choices=choices, validate_choice=False)
        for n, duty in enumerate(duties)
    }
    before = {_name(n): said[one.code].value for n, one in enumerate(duties) if one.code in said}
    made: type[ReadinessForm] = type("Duties", (ReadinessForm,), {**fields, "duties": duties})
    return made(data=before)


def _text(number: int) -> str:
    return f"text_{number}"


def _asked(number: int) -> str:
    return f"asked_{number}"


def _name(number: int) -> str:
    return f"duty_{number}"
