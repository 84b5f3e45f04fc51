"""An entry of a body's log."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from cohorts.structures.domain.drafts import MOST_CAME, MeetingDraft
from cohorts.structures.models import BodyMeeting, House
from consortium.fields import DayField, NumberField, read_whole
from consortium.forms import ActForm, PlainText
from consortium.words import say

HOUSES = {
    House.LABOR: say("The union's or association's"),
    House.MANAGEMENT: say("The district's or school's"),
    House.BOARD: say("The board's"),
    House.OTHER: say("Somewhere else"),
    House.ONLINE: say("Online"),
}
NONE_CAME = say("Write how many came; 0 if none.")


class MeetingForm(ActForm):
    """That a body met."""

    version = HiddenField(default="0")
    on = DayField(say("Day"), [InputRequired(say("Enter the day."))])
    house = RadioField(
        say("Whose house?"),
        [InputRequired(say("Choose whose house it was in."))],
        choices=[SelectChoice(house.value, words) for house, words in HOUSES.items()],
    )
    labor_came = NumberField(say("From labor"), [InputRequired(NONE_CAME)], most=MOST_CAME)
    management_came = NumberField(
        say("From management and the board"), [InputRequired(NONE_CAME)], most=MOST_CAME
    )
    others_came = NumberField(say("Others, such as parents"), most=MOST_CAME)
    decisions = TextAreaField(
        say("What was decided"),
        [PlainText(lines=True, longest=2000)],
        description=say("A line or two. Both sides, your coach and the host read it."),
        render_kw={"rows": 3},
    )
    next_on = DayField(say("Next date"), [Optional()])

    @property
    def read_version(self) -> int:
        """The version that the page showed."""
        return read_whole(self.version.data or "") or 0

    def to_draft(self) -> MeetingDraft:
        """Return what was written down."""
        return MeetingDraft(
            on=self.on.data,
            house=self.house.data,
            labor_came=self.labor_came.data or 0,
            management_came=self.management_came.data or 0,
            others_came=self.others_came.data or 0,
            decisions=self.decisions.data or "",
            next_on=self.next_on.data,
        )


def filled(meeting: BodyMeeting) -> dict[str, object]:
    """Return what the form shows of an entry."""
    return {
        "version": str(meeting.version),
        "on": meeting.on,
        "house": meeting.house.value,
        "labor_came": meeting.labor_came,
        "management_came": meeting.management_came,
        "others_came": meeting.others_came,
        "decisions": meeting.decisions,
    }
