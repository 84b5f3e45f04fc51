"""A standing meeting or committee, and who sits in it."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from cohorts.structures.domain.drafts import BodyDraft, MemberDraft
from cohorts.structures.domain.kinds import CADENCE_WORDS, KINDS, BodyKind, Cadence
from consortium.fields import DayField, Row, Rows, read_whole
from consortium.forms import ActForm, PlainText
from consortium.people.domain import SIDE_WORDS, Side
from consortium.words import say

SIDES = (Side.LABOR, Side.MANAGEMENT, Side.GOVERNANCE, Side.COMMUNITY, Side.OTHER)
FROM_THE_LIST = say("Choose one from the list.")


class MemberRow(Row):
    """A seat in a body: an office, somebody by name, or both."""

    side = SelectField(
        say("Side"), choices=[SelectChoice(side.value, SIDE_WORDS[side]) for side in SIDES]
    )
    office = StringField(say("Office"), [PlainText(longest=80)])
    person = SelectField(say("Who it is now"), invalid_choice_message=FROM_THE_LIST)
    name = StringField(say("Or somebody else, by name"), [PlainText(longest=80)])


class BodyForm(ActForm):
    """A body as somebody writes it down."""

    version = HiddenField(default="0")
    kind = RadioField(
        say("What is it?"),
        [InputRequired(say("Choose what it is."))],
        choices=[SelectChoice(kind.value, words.label) for kind, words in KINDS.items()],
    )
    name = StringField(
        say("What you call it"),
        [PlainText(longest=80)],
        description=say("Leave it empty if the usual name will do."),
    )
    school = StringField(
        say("School"),
        [PlainText(longest=80)],
        description=say("For a body of one school: its leadership team, its principal and rep."),
    )
    cadence = SelectField(
        say("How often it means to meet"),
        choices=[SelectChoice(one.value, words) for one, words in CADENCE_WORDS.items()],
        default=Cadence.MONTHLY.value,
    )
    summer_off = BooleanField(say("It rests in July and August"), default=True)
    begins_on = DayField(say("Since"), [InputRequired(say("Enter since when there is one."))])
    next_on = DayField(say("Next date"), [Optional()])
    rows = Rows(MemberRow)

    def offer(self, people: Sequence[tuple[UUID, str]]) -> None:
        """Let the rows choose among the people of the partnership."""
        choices = [SelectChoice("", say("Nobody from the list"))]
        choices += [SelectChoice(str(person_id), name) for person_id, name in people]
        for row in self.rows:
            row.form.person.choices = choices

    @property
    def read_version(self) -> int:
        """The version that the page showed."""
        return read_whole(self.version.data or "") or 0

    def to_draft(self) -> BodyDraft:
        """Return what was written down; rows without an office and a name are no members."""
        return BodyDraft(
            kind=BodyKind(self.kind.data),
            name=self.name.data or "",
            school=self.school.data or "",
            cadence=Cadence(self.cadence.data),
            summer_off=bool(self.summer_off.data),
            begins_on=self.begins_on.data,
            next_on=self.next_on.data,
            members=[one for one in map(_member, self.rows.forms) if one is not None],
        )


def filled(draft: BodyDraft, *, version: int) -> dict[str, object]:
    """Return what the form shows of a body."""
    return {
        "version": str(version),
        "kind": draft.kind.value,
        "name": draft.name,
        "school": draft.school,
        "cadence": draft.cadence.value,
        "summer_off": draft.summer_off,
        "begins_on": draft.begins_on,
        "next_on": draft.next_on,
        "rows": [
            {
                "side": one.side.value,
                "office": one.office,
                "person": str(one.person_id or ""),
                "name": "" if one.person_id else one.name,
            }
            for one in draft.members
        ],
    }


def _member(row: MemberRow) -> MemberDraft | None:
    chosen = row.person.data or ""
    names = {choice.value: choice.label for choice in row.person.choices or ()}
    name = str(names.get(chosen, "")) if chosen else row.name.data or ""
    if not name and not row.office.data:
        return None
    return MemberDraft(
        side=Side(row.side.data),
        office=row.office.data or "",
        name=name,
        person_id=UUID(chosen) if chosen else None,
    )


class EndForm(ActForm):
    """The last day of a body."""

    ends_on = DayField(say("Last day"), [InputRequired(say("Enter the last day."))])
