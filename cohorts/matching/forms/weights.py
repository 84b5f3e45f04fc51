"""What a match counts, as a form: a number for each likeness, and which roles are close."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField, FileField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from cohorts.matching.domain.weights import MOST, NUMBERS, WIDEST_SPAN, faults_of
from consortium.errors import Refusal
from consortium.fields import NumberField, Row, Rows
from consortium.forms import ActForm
from consortium.words import Sentence, say

NONE = ""
LARGEST = 1024 * 1024  # bytes
WORDS: Mapping[str, Sentence] = {
    "role_same": say("The same role"),
    "goal_unit": say("A goal that both have, for each (times the values of both ranks)"),
    "help_unit": say("A topic that one asks for and the other offers"),
    "help_cap": say("So many topics count, each way"),
    "help_both": say("More, when each can help the other"),
    "size_unit": say("Districts of the same size: for each step nearer"),
    "size_span": say("So many steps of size still count as near"),
    "locale_major": say("The same kind of place: city, suburb, town or rural"),
    "locale_full": say("More, when the place is of the very same kind"),
    "poverty_max": say("Districts with the same share of poor children, where it is known"),
    "poverty_slope": say("Less, for each percent of difference"),
    "state_differs": say("Different states"),
    "availability_unit": say("A time at which both can meet, where it is asked"),
    "availability_cap": say("So many times count"),
    "second_language": say("A second language in common, where it is asked"),
}


def _number(name: str) -> NumberField:
    return NumberField(WORDS[name], most=WIDEST_SPAN if name == "size_span" else MOST)


class RelationRow(Row):
    """Two roles that are close to each other; without a number they are not."""

    one = SelectField(say("Role"))
    other = SelectField(say("Close to"))
    worth = NumberField(say("Counts"), most=MOST)


class VersionForm(ActForm):
    """An act on the weights as they stood on the page."""

    version = HiddenField()

    @property
    def was(self) -> int:
        """The version that was on the page; -1 where that is no version."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004


class WeightsForm(VersionForm):
    """The weights of a consortium."""

    role_same = _number("role_same")
    relations = Rows(RelationRow)
    role_other = NumberField(
        say("Any other two roles"),
        most=MOST,
        description=say("Leave it empty if other roles may not meet at all."),
    )
    role_is_enough = BooleanField(
        say("The same role, or one close to it, is reason enough to meet"),
        description=say("Otherwise a pair needs a goal or a topic in common besides."),
    )
    goal_unit = _number("goal_unit")
    goal_rank_values = StringField(
        say("Values of a person's first, second, third goal …"),
        description=say("Numbers with commas. Where goals have no order, write equal ones."),
    )
    help_unit = _number("help_unit")
    help_cap = _number("help_cap")
    help_both = _number("help_both")
    size_unit = _number("size_unit")
    size_span = _number("size_span")
    size_thresholds = StringField(
        say("Students from which the next step of size begins"),
        description=say("Numbers with commas, the smallest first."),
    )
    locale_major = _number("locale_major")
    locale_full = _number("locale_full")
    state_differs = _number("state_differs")
    poverty_max = _number("poverty_max")
    poverty_slope = _number("poverty_slope")
    availability_unit = _number("availability_unit")
    availability_cap = _number("availability_cap")
    second_language = _number("second_language")
    main_language = StringField(say("The language that everyone speaks, as a code"))
    try_at = SelectField(say("Try them with the people of"), default=NONE)

    def offer(self, institutes: Sequence[tuple[UUID, str]]) -> None:
        """Let the form choose at which institute to try the weights."""
        self.try_at.choices = [SelectChoice(str(id_), title) for id_, title in institutes]

    def name_roles(self, roles: Mapping[str, str], said: Mapping[str, Any]) -> None:
        """Let the relations choose among these roles, by code, and those the weights know."""
        known = {**dict.fromkeys(said["roles"], ""), **roles}
        choices = [SelectChoice(NONE, say("(none)"))]
        choices += [SelectChoice(code, label or code) for code, label in known.items()]
        self.known = tuple(known)
        for row in self.relations:
            row.form.one.choices = row.form.other.choices = choices

    def fill(self, said: Mapping[str, Any], version: int) -> None:
        """Show what holds now."""
        self.version.data = str(version)
        for name in (*NUMBERS, "role_is_enough", "role_other", "main_language"):
            self[name].data = said.get(name)
        for name in ("goal_rank_values", "size_thresholds"):
            self[name].data = ", ".join(map(str, said[name]))

    @staticmethod
    def rows_of(said: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the relations as rows of the form."""
        return [
            {"one": one, "other": other, "worth": worth}
            for pair, worth in said["role_related"].items()
            for one, other in [pair.split("|")]
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and the weights as a whole by the rules of a file of weights."""
        if not super().validate(extra_validators):
            return False
        faults = list(self._faults())
        for name, sentence in faults:
            where = name.partition(".")[0]
            field = self[where] if where in self._fields else self.relations
            field.errors = [*field.errors, sentence]
        return not faults

    def to_said(self) -> dict[str, Any]:
        """Return the weights as a file states them."""
        return {
            "version": 1,
            "roles": list(self.known),
            "role_related": {
                f"{row.form.one.data}|{row.form.other.data}": row.form.worth.data
                for row in self._named()
            },
            "role_other": self.role_other.data,
            "role_is_enough": self.role_is_enough.data,
            "main_language": self.main_language.data,
            **{name: self[name].data for name in NUMBERS},
            **{name: self._list(name) for name in ("goal_rank_values", "size_thresholds")},
        }

    def validate_goal_rank_values(self, field: StringField) -> None:
        """Refuse what is no list of numbers."""
        _refuse_other_than_numbers(field)

    def validate_size_thresholds(self, field: StringField) -> None:
        """Refuse what is no list of numbers."""
        _refuse_other_than_numbers(field)

    def _named(self) -> Iterator[Any]:
        for row in self.relations:
            if row.form.worth.data is not None and (row.form.one.data or row.form.other.data):
                yield row

    def _faults(self) -> Iterator[tuple[str, Sentence]]:
        seen: set[frozenset[str]] = set()
        for row in self._named():
            pair = frozenset((row.form.one.data, row.form.other.data))
            if pair in seen:
                yield "relations", say("Two roles stand here twice. Empty one of the two numbers.")
                return
            seen.add(pair)
        yield from faults_of(self.to_said())

    def _list(self, name: str) -> list[int]:
        return [int(part) for part in (self[name].data or "").split(",") if part.strip()]


class UploadForm(VersionForm):
    """A file of weights."""

    file = FileField(
        say("A file of weights"), description=say("JSON, such as this page gives to download.")
    )

    def content(self) -> bytes:
        """Return the file. Raises ``Refusal`` where none was chosen, or one that is too large."""
        sent = self.file.data
        if not getattr(sent, "filename", ""):
            raise Refusal(say("Choose a file of weights."), field="file")
        content: bytes = sent.stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Refusal(say("This file is too large for weights."), field="file")
        return content


def _refuse_other_than_numbers(field: StringField) -> None:
    parts = [part.strip() for part in (field.data or "").split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):  # noqa: PLR2004
        raise ValidationError(say("Write whole numbers with commas between them, like 4, 3, 2, 1."))
