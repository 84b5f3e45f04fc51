"""The questions of an evaluation, as their host writes them."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consortium.fields import DayField, Row, Rows, refuse
from consortium.forms import ActForm
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.credit.domain.evaluations import KIND_WORDS, RATING, Item, Kind
from events.credit.service.evaluations import Form, Part

_CODE = re.compile(r"[a-z0-9-]{1,60}")


class QuestionRow(Row):
    """One question."""

    code = HiddenField()
    words = StringField(say("Question"))
    kind = SelectField(
        say("Answer"),
        choices=[SelectChoice(kind.value, words) for kind, words in KIND_WORDS.items()],
    )
    options = TextAreaField(
        say("Answers to choose from"),
        description=say("A line for each; only where people choose."),
        render_kw={"rows": 3},
    )
    low = StringField(say("What 1 means"))
    high = StringField(say("What 5 means"))
    needed = BooleanField(say("Has to be answered"))


class QuestionsForm(VersionedForm):
    """All questions of one evaluation."""

    rows = Rows(QuestionRow)
    rates_sessions = BooleanField(say("People may also rate each session"))
    by_mail = BooleanField(
        say("Ask by mail"),
        description=say(
            "Whoever was there and has not answered gets a mail when it opens, and one more two "
            "days before the last day for answers, or a week later where there is none."
        ),
    )
    closes_on = DayField(
        say("Last day for answers"), [Optional()], description=say("Empty: it stays open.")
    )

    def __init__(self, form: Form) -> None:
        items = [item for item in form.items if not item.code.startswith(RATING)]
        super().__init__(
            data={
                "rows": [
                    {
                        "code": item.code,
                        "words": item.words,
                        "kind": item.kind.value,
                        "options": "\n".join(item.options),
                        "low": item.low,
                        "high": item.high,
                        "needed": item.needed,
                    }
                    for item in items
                ],
                "rates_sessions": form.rates_sessions,
                "closes_on": form.closes_on,
                "by_mail": form.by_mail,
                "version": str(form.row.version if form.row else 1),
            }
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what is written beside a question that was left empty."""
        valid = super().validate(extra_validators)
        for row in self.rows.forms:
            if not row.words.data and (row.options.data or "").strip():
                valid = refuse(row.words, say("Write the question."))
        return valid

    @property
    def items(self) -> Sequence[Item]:
        """The questions; a new one gets a code made of its words."""
        found: list[Item] = []
        for row in self.rows.forms:
            if not row.words.data:
                continue
            taken = {item.code for item in found}
            kind = Kind(row.kind.data)
            lines = [line.strip() for line in (row.options.data or "").splitlines()]
            code = row.code.data or ""
            scale = kind is Kind.SCALE
            found.append(
                Item(
                    code=code
                    if _CODE.fullmatch(code) and code not in taken
                    else _code_for(row.words.data, taken),
                    words=row.words.data,
                    kind=kind,
                    options=tuple(filter(None, lines)) if kind is Kind.CHOICE else (),
                    low=(row.low.data or "") if scale else "",
                    high=(row.high.data or "") if scale else "",
                    needed=bool(row.needed.data),
                )
            )
        return found


class PartForm(ActForm):
    """After which day or session to ask, too."""

    part = SelectField(say("Ask also after"), choices=[], validate_choice=False)

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__()
        self.part.choices = [SelectChoice(part.key, part.title) for part in parts]


def _code_for(words: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    begins = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "question"
    code, n = begins, 2
    while code in taken:
        code, n = f"{begins}-{n}", n + 1
    return code
