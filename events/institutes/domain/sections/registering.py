"""How teams come in, what both sides' leads do together, and the strands people choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from consortium.words import Sentence, say
from events.institutes.domain import REMINDER_DAYS, Intake, JointActKind
from events.institutes.domain.sections.saying import Facts, InstituteRefused, refuse_twice
from events.institutes.domain.wording import joined, states_in_words

INTAKES: Mapping[Intake, Sentence] = {
    Intake.OPEN: say("Whoever may come registers"),
    Intake.APPLICATION: say("Teams apply, and the host selects"),
    Intake.INVITATION: say("Only LEAs that the host invites"),
}
JOINT_ACTS: Mapping[JointActKind, Sentence] = {
    JointActKind.SUBMIT: say("Submit the team"),
    JointActKind.ACCEPT_SHARE: say("Accept a share of the cost"),
    JointActKind.SUBSTITUTE: say("Give a seat of the other side to someone else"),
}
REMINDERS: Mapping[str, Sentence] = {
    "submit": say("To leads whose team is not submitted"),
    "complete": say("To leads whose team still lacks a role"),
    "confirm": say("To members who have not answered the invitation"),
    "answer": say("To leads and members who owe an answer to a question"),
    "choose": say("To members who have not chosen all their sessions"),
}
LONGEST_OFFER = 24 * 14
"""Hours."""
LONGEST_NOTICE = 120
"""Days."""
MOST_REMINDERS = 6
DAYS_ASKED = say(
    "Write numbers of days with commas between, such as 14, 7, 2: at most %(most)s, each from 1 to "
    "%(longest)s.",
    most=MOST_REMINDERS,
    longest=LONGEST_NOTICE,
)


@dataclass(frozen=True, kw_only=True)
class Partnership:
    """A state's own partnership, to which its LEAs are sent."""

    state: str
    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How teams come in."""

    name: ClassVar[str] = "intake"
    intake: Intake = Intake.OPEN
    partnerships: tuple[Partnership, ...] = ()

    def check(self) -> None:
        """Raise ``InstituteRefused`` when a state stands here twice, or a link leads nowhere."""
        refuse_twice(
            (one.state for one in self.partnerships), say("The state %(what)s is here twice.")
        )
        for one in self.partnerships:
            if not one.url.startswith("https://"):
                raise InstituteRefused(
                    say("Write the whole address of %(name)s, from https:// on.", name=one.name)
                )

    @property
    def facts(self) -> Facts:
        """What this part says."""
        return (
            (say("Teams"), INTAKES[self.intake]),
            *((joined(states_in_words([one.state])), one.name) for one in self.partnerships),
        )


@dataclass(frozen=True, kw_only=True)
class Together:
    """What the leads of both sides do together, and when people are reminded."""

    name: ClassVar[str] = "together"
    joint_acts: frozenset[JointActKind] = frozenset()
    reminder_days: Mapping[str, tuple[int, ...]] = field(
        default_factory=lambda: dict(REMINDER_DAYS)
    )
    """Days before its deadline on which each kind of reminder goes out; none: it never does."""

    def check(self) -> None:
        """Raise ``InstituteRefused`` for reminders too many or too early."""
        for kind, days in self.reminder_days.items():
            if len(days) > MOST_REMINDERS or any(not 0 < day <= LONGEST_NOTICE for day in days):
                raise InstituteRefused(DAYS_ASKED, field=kind)

    @property
    def facts(self) -> Facts:
        """What this part says."""
        acts = [str(words) for kind, words in JOINT_ACTS.items() if kind in self.joint_acts]
        return (
            (say("Both leads agree to"), "; ".join(acts)),
            *(
                (REMINDERS[kind], _days_before(self.reminder_days.get(kind, ())))
                for kind in REMINDERS
            ),
        )


@dataclass(frozen=True, kw_only=True)
class StrandLine:
    """A line of sessions that people follow from beginning to end."""

    code: str
    label: str
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Strands:
    """The strands people choose from."""

    name: ClassVar[str] = "strands"
    strands: tuple[StrandLine, ...] = ()

    def check(self) -> None:
        """Raise ``InstituteRefused`` when two strands share a name."""
        refuse_twice(
            (strand.code for strand in self.strands), say("The strand “%(what)s” is here twice.")
        )

    @property
    def facts(self) -> Facts:
        """What this part says."""
        return tuple((strand.label, strand.description) for strand in self.strands)


def _days_before(days: tuple[int, ...]) -> Sentence:
    if not days:
        return say("never")
    return say("%(days)s days before", days=joined(str(day) for day in sorted(days, reverse=True)))
