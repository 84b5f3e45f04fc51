"""Forms in which people look for an LEA, and pick one."""

from contextlib import suppress

from wtforms import SelectField, StringField, SubmitField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Regexp

from consortium.directory import service
from consortium.directory.domain import STATES
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.forms import Form, PlainText
from consortium.words import say

LONGEST_SEARCH = 100
HINT = say(
    "One word is enough. You can add the state, like “clay county ky”. Or type the ZIP code of the "
    "district's office."
)


def _state_field() -> SelectField:
    by_name = sorted(STATES.items(), key=lambda state: state[1])
    return SelectField(
        say("State"),
        choices=[SelectChoice("", say("Any state")), *(SelectChoice(*state) for state in by_name)],
        default="",
        invalid_choice_message=say("Choose a state from the list."),
    )


class LeaSearchForm(Form):
    """Part of a name or a ZIP code, perhaps a state.

    It is asked by GET, so that the address can be kept.
    """

    class Meta(Form.Meta):
        """A search changes nothing."""

        csrf = False

    q = StringField(
        say("Part of the district's name"), [PlainText(longest=LONGEST_SEARCH)], description=HINT
    )
    state = _state_field()

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.q.data or self.state.data)

    def found(self) -> list[Lea]:
        """Return what the search finds; nothing while the form is wrong."""
        if not self.validate():
            return []
        return service.find_leas(self.q.data or "", self.state.data or None)


class LeaPicker:
    """Fields with which someone picks one LEA; mix them in before a form's own base.

    The page shows them with ``lea_picker(form, leas)`` of ``components/leas.html``. Its button
    *Find* sends the form as well, and such a sending only searches::

        class StartForm(LeaPicker, ActForm): …

        if form.is_submitted() and not form.finding and form.validate(): …  # form.lea_id.data
        render_template(…, form=form, leas=form.leas_found())
    """

    lea_text = StringField(
        say("Type part of the district's name"),
        [PlainText(longest=LONGEST_SEARCH)],
        description=HINT,
    )
    lea_state = _state_field()
    find = SubmitField(say("Find"))
    lea_id = StringField(
        say("Your district"),
        [
            InputRequired(say("Find your district by its name, then choose it from the list.")),
            Regexp(r"[0-9]{7}\Z", message=say("Choose your district from the list.")),
        ],
    )

    lea_count = 0
    """How many the search found, told beside the list."""

    @property
    def finding(self) -> bool:
        """Whether the person pressed *Find*: only a search is wanted as yet."""
        return bool(self.find.data)

    def leas_found(self) -> list[Lea]:
        """Return what the search finds; an LEA that is chosen already comes first."""
        text, state, chosen = (self.lea_text.data, self.lea_state.data, self.lea_id.data)
        found = service.find_leas((text or "")[:LONGEST_SEARCH], state or None)
        self.lea_count = len(found)
        if chosen and chosen not in {lea.id for lea in found}:
            with suppress(NotFound):
                found.insert(0, service.get_lea(chosen))
        return found
