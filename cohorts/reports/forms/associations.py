"""Associations, who helps them, and what people agree to."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from cohorts.reports.domain.associations import Asked
from consortium.fields import TicksField
from consortium.forms import ActForm
from consortium.words import say

BETWEEN = ":"


class AssociationForm(ActForm):
    """A partner organization, and the offices its own members hold."""

    partner = SelectField(say("Organization"))
    roles = TicksField(say("Its own members are"))

    def __init__(
        self, partners: Iterable[tuple[UUID, str]], roles: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(**options)
        self.partner.choices = [SelectChoice(str(one), name) for one, name in partners]
        self.roles.choices = [SelectChoice(code, label) for code, label in roles]


class HelperForm(ActForm):
    """Someone who works for an association."""

    association = SelectField(say("Association"))
    email = StringField(say("E-mail"), [InputRequired(say("Write an e-mail address."))])
    name = StringField(say("Name"))

    def __init__(self, associations: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(**options)
        self.association.choices = [SelectChoice(str(one), name) for one, name in associations]


class ConsentsForm(ActForm):
    """Which associations may read my name at which institutes."""

    agreed = TicksField(say("Who may read that I take part"))

    def __init__(self, asked: Iterable[Asked], **options: Any) -> None:
        every = list(asked)
        super().__init__(**options)
        self.agreed.choices = [SelectChoice(_key(one), one.words) for one in every]
        if not self.is_submitted():
            self.agreed.data = [_key(one) for one in every if one.agreed]

    @property
    def chosen(self) -> list[tuple[UUID, UUID]]:
        """What is ticked: ids of association and institute."""
        pairs = [value.split(BETWEEN) for value in self.agreed.data or ()]
        return [(UUID(first), UUID(second)) for first, second in pairs]


def _key(one: Asked) -> str:
    return f"{one.association_id}{BETWEEN}{one.institute_id}"
