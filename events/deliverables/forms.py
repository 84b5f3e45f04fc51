"""What hosts and teams fill in about what is handed in."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from flask import request
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from consortium.fields import ClockField, DayField, TicksField, read_whole, refuse
from consortium.files.domain import Taken
from consortium.files.forms import FileForm
from consortium.forms import ActForm, PlainText
from consortium.words import say
from events.deliverables.domain import BEFORE, FILE_GROUPS, DeliverableSpec, kinds_of_files
from events.institutes.models import Institute

FROM_THE_LIST = say("Choose one from the list.")
DAYS = re.compile(r"[0-9]{1,3}(\s*,\s*[0-9]{1,3})*")


class AskForm(ActForm):
    """A paper that teams are asked for."""

    version = HiddenField(default="0")
    title = StringField(say("What is it?"), [InputRequired(say("Give it a title."))])
    instructions = TextAreaField(say("What teams should do"), [PlainText(lines=True, longest=4000)])
    template = SelectField(
        say("Template"),
        invalid_choice_message=FROM_THE_LIST,
        description=say("One of the institute's materials. Teams find it on their page."),
    )
    due_on = DayField(say("Due on"), [InputRequired(say("Choose the day on which it is due."))])
    due_time = ClockField(say("Due at (time)"), [InputRequired(say("Write the time, like 17:00."))])
    late_allowed = BooleanField(say("Take it afterwards, too, marked as late"))
    kinds = TicksField(say("Kinds of files"), validate_choice=False)
    both_sides = BooleanField(
        say("Both sides sign"),
        description=say(
            "What one lead uploads counts only once the lead of the other side agrees."
        ),
    )
    sign_roles = TicksField(
        say("Further offices that have to agree"),
        validate_choice=False,
        description=say("An office that a team brings nobody for is not waited for."),
    )
    by_members = BooleanField(
        say("Any member who has confirmed may hand it in"),
        description=say(
            "Otherwise only the team's leads do. The leads get a mail when a member has, and what "
            "needs agreement waits for it all the same."
        ),
    )
    gallery = BooleanField(
        say("Let teams show it to the other teams"),
        description=say("It hangs in the gallery only if the team agrees, too."),
    )
    remind_days = StringField(
        say("Remind those who have not handed it in"),
        description=say(
            "So many days before it is due, with commas between: 7, 2. Empty: no reminder goes "
            "out by itself."
        ),
    )

    def __init__(
        self, institute: Institute, templates: Sequence[tuple[UUID, str]], **values: Any
    ) -> None:
        super().__init__(**values)
        self.template.choices = [
            SelectChoice("", say("None")),
            *(SelectChoice(str(key), title) for key, title in templates),
        ]
        self.kinds.choices = [
            SelectChoice(group, words) for group, (words, _) in FILE_GROUPS.items()
        ]
        self.sign_roles.choices = [SelectChoice(role.code, role.label) for role in institute.roles]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; days are numbers with commas between."""
        valid = super().validate(extra_validators)
        days = (self.remind_days.data or "").strip()
        if days and not DAYS.fullmatch(days):
            return refuse(self.remind_days, say("Write numbers with commas between, like 7, 2."))
        return valid

    @property
    def read_version(self) -> int:
        """The version that the page showed."""
        return read_whole(self.version.data or "") or 0

    def to_spec(self) -> DeliverableSpec:
        """Return what was written down."""
        days = {int(one) for one in (self.remind_days.data or "").split(",") if one.strip()}
        template = self.template.data or ""
        return DeliverableSpec(
            title=self.title.data or "",
            instructions=self.instructions.data or "",
            template_id=UUID(template) if template else None,
            due=datetime.combine(self.due_on.data, self.due_time.data or time()),
            late_allowed=bool(self.late_allowed.data),
            kinds=tuple(one for one in FILE_GROUPS if one in (self.kinds.data or ())),
            both_sides=bool(self.both_sides.data),
            sign_roles=tuple(self.sign_roles.data or ()),
            by_members=bool(self.by_members.data),
            gallery=bool(self.gallery.data),
            remind_days=tuple(sorted(days, reverse=True)),
        )


def begun(*, joint: bool) -> dict[str, Any]:
    """Return what the form shows before anything is written."""
    return {
        "late_allowed": True,
        "kinds": ["pdf", "word", "slides"],
        "both_sides": joint,
        "remind_days": ", ".join(map(str, BEFORE)),
    }


def filled(spec: DeliverableSpec, *, version: int) -> dict[str, Any]:
    """Return what the form shows of something that is asked for."""
    return {
        "version": str(version),
        "title": spec.title,
        "instructions": spec.instructions,
        "template": str(spec.template_id or ""),
        "due_on": spec.due.date(),
        "due_time": spec.due.time(),
        "late_allowed": spec.late_allowed,
        "kinds": list(spec.kinds),
        "both_sides": spec.both_sides,
        "sign_roles": list(spec.sign_roles),
        "by_members": spec.by_members,
        "gallery": spec.gallery,
        "remind_days": ", ".join(map(str, spec.remind_days)),
    }


class HandInForm(FileForm):
    """A version that a team hands in."""

    file = FileField(say("File"))
    note = TextAreaField(
        say("A note for the host"),
        [PlainText(lines=True, longest=1000)],
        render_kw={"rows": 3},
    )

    def __init__(self, *, kinds: Sequence[str], largest: int) -> None:
        super().__init__()
        self.taken = Taken(kinds=kinds_of_files(kinds), largest=largest)
        self.describe(self.file)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and look into the file."""
        valid = super().validate(extra_validators)
        if not self.take(self.file):
            return False
        if self.upload is None:
            return refuse(self.file, say("Choose the file to hand in."))
        return valid


class VersionForm(ActForm):
    """A button about one version."""

    number = HiddenField(default="0")

    @property
    def read_number(self) -> int:
        """Which version is meant."""
        return read_whole(self.number.data or "") or 0


class ReviewForm(VersionForm):
    """What the host says of a version."""

    note = TextAreaField(
        say("A note for the team"), [PlainText(lines=True, longest=2000)], render_kw={"rows": 3}
    )

    @property
    def asks_for_change(self) -> bool:
        """Whether the button pressed asks for another version."""
        return "change" in request.form
