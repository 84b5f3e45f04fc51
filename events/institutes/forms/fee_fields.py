"""Which field of a fee rule's form is which name in the programme file, and what it must have."""

from collections.abc import Mapping
from typing import Any

from wtforms import StringField

from consortium.fields import PercentField, Row, refuse
from consortium.words import Sentence, say

PLAIN = {
    "name": "name", "by": "by", "n": "n", "includes": "includes", "day": "day",
    "limit": "limit", "choice": "choice",
}  # fmt: skip
AMOUNTS = {
    "each": "each_cents", "then_each": "then_each_cents", "most": "most_cents",
    "total": "total_cents",
}  # fmt: skip
KEYS = {
    **PLAIN, **AMOUNTS, "per": "per", "percent": "basis_points", "roles": "roles",
    "states": "states", "affiliation": "affiliation", "begins": "from", "ends": "until",
    "rows": "payers",
}  # fmt: skip
NEEDED = {
    "name": say("Write the code that teams type."),
    "by": say("Name the sponsor."),
    "affiliation": say("Name at least one, such as NEA."),
    "roles": say("Choose at least one role."),
    "choice": say("Choose a day or a strand."),
    "n": say("Write how many people."),
}
UNIT_WORDS: Mapping[str, Sentence] = {
    "person": say("each person"),
    "team": say("each team"),
    "LEA": say("each LEA"),
}


class PayerRow(Row):
    """One payer and its share."""

    who = StringField(say("Payer"))
    share = PercentField(say("Share in percent"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the payer where there is a share, and for the share where there is a payer."""
        valid = super().validate(extra_validators)
        if self.share.data and not self.who.data:
            valid = refuse(self.who, say("Name this payer, or empty the row."))
        if self.who.data and self.share.basis_points is None:
            valid = refuse(self.share, say("Write its share in percent, such as 50."))
        return valid
