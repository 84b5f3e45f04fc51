"""The parts of a programme file about registration: which fields each has."""

from typing import Annotated, Any

from pydantic import Field

from events.institutes.domain import Intake, JointActKind
from events.intake.domain import Ground
from events.programmes.domain.faults import Place
from events.programmes.domain.shape import ClosedShape, Shape
from events.programmes.domain.values import (
    Code,
    Count,
    DayOf,
    DaysBefore,
    Name,
    OfferHours,
    OneState,
    Share,
    Text,
    WebAddress,
    Written,
)
from events.questions.domain import AnswerKind, Scope


class PartnershipShape(ClosedShape):
    """A state's own partnership, to which its LEAs are sent."""

    state: OneState
    name: Name
    url: WebAddress


class RemindersShape(ClosedShape):
    """How many days before its deadline each kind of reminder goes out; an empty list: never."""

    submit: DaysBefore | None = None
    complete: DaysBefore | None = None
    confirm: DaysBefore | None = None
    answer: DaysBefore | None = None
    choose: DaysBefore | None = None


class PledgesShape(ClosedShape):
    """Whose word an application needs, and what they sign."""

    roles: list[Code] = []
    wording: Text = ""


class SelectionShape(ClosedShape):
    """The mix a host aims at among applicants, and whose pledges it asks for."""

    by: Annotated[Ground, Field(strict=False)] = Ground.URBANICITY
    shares: dict[str, Share] = {}
    places: Count | None = None
    explanation: Text = ""
    pledges: PledgesShape | None = None


class LetterShape(ClosedShape):
    """A letter of the host's own; places like {name} are filled in."""

    subject: Name
    text: Written


class LettersShape(ClosedShape):
    """The letters that tell applicants what was decided."""

    selected: LetterShape | None = None
    waitlisted: LetterShape | None = None
    not_selected: LetterShape | None = None


class RegistrationShape(Shape):
    """How teams come in, and what both sides do together."""

    intake: Annotated[Intake, Field(strict=False)] = Intake.OPEN
    partnerships: list[PartnershipShape] = []
    joint_acts: list[Annotated[JointActKind, Field(strict=False)]] = []
    """What needs the leads of both sides."""
    reminder_days: RemindersShape = RemindersShape()
    offer_hours: OfferHours = 48
    """For how long a place offered from the waitlist is held."""
    selection: SelectionShape | None = None
    letters: LettersShape | None = None


class QuestionShape(ClosedShape):
    """A question of the host to teams or people."""

    code: Code
    label: Name
    scope: Annotated[Scope, Field(strict=False)]
    kind: Annotated[AnswerKind, Field(strict=False)]
    hint: Text = ""
    options: list[Name] = []
    role_codes: list[Code] = []
    required: bool = False
    shown_if_code: Code | None = None
    shown_if_values: list[Name] = []
    sensitive: bool = False
    keep_until: DayOf | None = None

    @classmethod
    def stand_in(cls, name: str, place: Place) -> Any:
        """Return something that fits where the file has a misfit, so that reading can go on."""
        usual = {"scope": Scope.PERSON, "kind": AnswerKind.TEXT}
        return usual.get(name) or super().stand_in(name, place)


class StrandShape(Shape):
    """A line of sessions that people follow from beginning to end."""

    code: Code
    label: Name
    description: Text = ""
