"""The editor of an instrument, and the file that brings one."""

import io
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from wtforms import FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from cohorts.surveys.domain.instruments import GROUND_WORDS, LARGEST_FILE, Ground, Instrument
from cohorts.surveys.domain.starter import AGREEMENT
from cohorts.surveys.domain.writing import Draft, ScaleDraft, lines_of
from consortium.fields import DayField, NumberField, Row, Rows, refuse
from consortium.forms import ActForm, Form, PlainText
from consortium.tenants.forms import VersionedForm
from consortium.words import say

TALK, NETWORK, BLANK = "attitudes", "network", "blank"
USUAL_MOST = 30


class BeginForm(ActForm):
    """With what a new instrument begins."""

    begin = RadioField(
        say("Begin with"),
        choices=[
            SelectChoice(
                TALK, say("Our questions about working together, to be changed as needed")
            ),
            SelectChoice(NETWORK, say("Our questions about who talks to whom")),
            SelectChoice(BLANK, say("Nothing: I write all of it")),
        ],
        default=TALK,
    )


class InstrumentFileForm(ActForm):
    """An instrument as a file."""

    file = FileField(
        say("The file"),
        description=say("JSON, as this page gives it out for any of your instruments."),
        render_kw={"accept": ".json,application/json"},
    )

    def validate_file(self, field: FileField) -> None:
        """Ask for a file."""
        self.name = getattr(field.data, "filename", "") or ""
        if not self.name:
            raise ValidationError(say("Choose a file first."))
        with closing(field.data.stream):
            self.content: bytes = field.data.stream.read(LARGEST_FILE + 1)
        field.data.stream = io.BytesIO(self.content)  # another file is another form


class ScaleRow(Row):
    """One scale."""

    code = HiddenField()
    title = StringField(say("What it measures"))
    points = SelectField(
        say("Points"),
        choices=[SelectChoice("5", say("5 points")), SelectChoice("7", say("7 points"))],
    )
    labels = TextAreaField(
        say("What the points mean"),
        description=say("A line for each point, the lowest first."),
        render_kw={"rows": 5},
    )
    statements = TextAreaField(
        say("Statements"),
        description=say(
            "A line for each. Write (R) before one where agreeing means less of it: it is turned "
            "round before it is counted."
        ),
        render_kw={"rows": 5},
    )


class InstrumentForm(VersionedForm, ActForm):
    """All of an instrument."""

    title = StringField(say("Title"), [InputRequired(say("Give it a title."))])
    introduction = TextAreaField(
        say("What people read first"), [PlainText(lines=True, longest=2_000)], render_kw={"rows": 4}
    )
    ground = SelectField(
        say("Why you may use these words"),
        choices=[SelectChoice(one.value, words) for one, words in GROUND_WORDS.items()],
    )
    holder = StringField(say("Whose words they are"), description=say("The owner, or the licence."))
    on = DayField(say("Allowed on"), [Optional()])
    letter = StringField(
        say("Where the permission is kept"),
        description=say("The letter, the mail, or the address of the licence."),
    )
    rows = Rows(ScaleRow)
    network_words = StringField(
        say("The question of a network survey"),
        [PlainText(longest=300)],
        description=say(
            "Such as: With whom did you talk about your work at least twice in the last month? "
            "Empty: nobody is asked who talks to whom."
        ),
    )
    topics = TextAreaField(say("Topics"), description=say("What they talk about, a line for each."))
    most = NumberField(
        say("How many people one may name at most"), least=1, most=100, default=USUAL_MOST
    )
    questions = TextAreaField(
        say("Open questions"), description=say("Answered in people's own words; a line for each.")
    )

    @classmethod
    def of(cls, content: Instrument, *, version: int) -> "InstrumentForm":
        """Return the form filled with an instrument."""
        network = content.network
        permission = content.permission
        return cls(
            data={
                "version": str(version),
                "title": content.title,
                "introduction": content.introduction,
                "ground": permission.ground.value,
                "holder": permission.holder,
                "on": permission.on,
                "letter": permission.letter,
                "rows": [
                    {
                        "code": scale.code,
                        "title": scale.title,
                        "points": str(scale.points),
                        "labels": "\n".join(scale.labels),
                        "statements": lines_of(scale),
                    }
                    for scale in content.scales
                ],
                "network_words": network.words if network else "",
                "topics": "\n".join(one.words for one in network.topics) if network else "",
                "most": network.most if network else USUAL_MOST,
                "questions": "\n".join(one.words for one in content.questions),
            }
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what is written beside a scale without a title."""
        valid = super().validate(extra_validators)
        for row in self.rows.forms:
            if not row.title.data and (row.statements.data or "").strip():
                valid = refuse(row.title, say("Say what these statements measure."))
        return valid

    @property
    def draft(self) -> Draft:
        """What was typed."""
        return Draft(
            title=self.title.data or "",
            introduction=self.introduction.data or "",
            permission={
                "ground": Ground(self.ground.data),
                "holder": self.holder.data or "",
                "on": self.on.data,
                "letter": self.letter.data or "",
            },
            scales=[_scale(row) for row in self.rows.forms if row.title.data],
            network_words=self.network_words.data or "",
            topics=_lines(self.topics.data),
            most=self.most.data or USUAL_MOST,
            questions=_lines(self.questions.data),
        )


def _scale(row: Form) -> ScaleDraft:
    fields: Any = row
    labels = _lines(fields.labels.data)
    points = int(fields.points.data or 5)
    if not labels and points == len(AGREEMENT):
        labels = tuple(str(one) for one in AGREEMENT)
    return ScaleDraft(
        code=fields.code.data or "",
        title=fields.title.data,
        points=points,
        labels=labels,
        lines=_lines(fields.statements.data),
    )


def _lines(text: str | None) -> tuple[str, ...]:
    lines: Sequence[str] = (text or "").splitlines()
    return tuple(line.strip() for line in lines if line.strip())
