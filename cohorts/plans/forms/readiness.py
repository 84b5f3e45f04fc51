"""The checklist of one's own duties."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice

from cohorts.plans.domain.duties import Duty
from cohorts.plans.domain.readiness import READY, Ready
from consortium.forms import ActForm


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


def _name(number: int) -> str:
    return f"duty_{number}"
