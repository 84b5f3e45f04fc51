"""What states usually ask: rules to begin with, as data."""

from dataclasses import dataclass
from decimal import Decimal

from consortium.words import Sentence, say
from events.credit.domain.rules import Counted, Counting, CreditRule, Licence

IEIN = Licence(name="IEIN", least=6, most=7)
"""The Illinois Educator Identification Number: digits, counted up since it began."""


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A kind of credit to begin with, and words by which a programme file may name it."""

    code: str
    title: Sentence
    hint: Sentence
    rule: CreditRule
    keywords: tuple[str, ...] = ()


PRESETS: tuple[Preset, ...] = (
    Preset(
        code="illinois",
        title=say("Illinois: ISBE professional development hours"),
        hint=say(
            "Clock hours from arrival to departure, to the nearest quarter hour. Needs the IEIN "
            "and the evaluation; records are kept six years."
        ),
        rule=CreditRule(
            name="ISBE professional development hours",
            counting=Counting.CLOCK,
            counted=Counted.STAY,
            licence=IEIN,
            evaluation=True,
            keep_years=6,
            wording="Evidence of Completion for Professional Development",
        ),
        keywords=("isbe", "illinois"),
    ),
    Preset(
        code="njsba",
        title=say("New Jersey: NJSBA Board Member Academy credits"),
        hint=say("A set number of credits for board members who were there all day."),
        rule=CreditRule(
            name="NJSBA Board Member Academy credits",
            roles=("board_member",),
            unit="credits",
            amount=Decimal(4),
        ),
        keywords=("njsba", "board member academy"),
    ),
    Preset(
        code="nj-hours",
        title=say("New Jersey: professional learning hours"),
        hint=say("A set number of hours for educators who were there all day."),
        rule=CreditRule(
            name="NJ professional learning hours",
            roles=("teacher", "esp", "principal", "superintendent"),
            amount=Decimal(5),
        ),
        keywords=("nj professional learning", "new jersey"),
    ),
    Preset(
        code="clock",
        title=say("Hours by the clock"),
        hint=say("Minutes in the sessions that count, to the nearest quarter hour."),
        rule=CreditRule(name="Professional learning hours", counting=Counting.CLOCK),
    ),
    Preset(
        code="fixed",
        title=say("A set amount"),
        hint=say("The same for whoever was there for enough of it."),
        rule=CreditRule(name="Professional learning hours", amount=Decimal(6)),
    ),
)


def preset(code: str) -> Preset | None:
    """Return the preset with this code, if there is one."""
    return next((one for one in PRESETS if one.code == code), None)


def meant_by(name: str) -> CreditRule | None:
    """Return the rule that a programme file names by a state's own word, without its amount."""
    low = name.lower()
    found = next((one for one in PRESETS if any(word in low for word in one.keywords)), None)
    return found.rule if found else None
