"""The letters that tell applicants what the host decided, and the places a host may fill in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from consortium.words import say
from events.intake.domain.refusals import IntakeRefused
from events.intake.domain.selecting import Outcome

PLACE = re.compile(r"\{([^{}]*)\}")
BRACE = re.compile(r"[{}]")
PLACES: Mapping[str, str] = {
    "name": say("The applicant's name"),
    "lea": say("The LEA"),
    "institute": say("The institute"),
    "deadline": say("Until when the selected fill in their team, in words"),
    "contact": say("The address for questions"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.SELECTED: say("Selected"),
    Outcome.WAITLISTED: say("On the waitlist"),
    Outcome.NOT_SELECTED: say("Not selected"),
}


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A letter's subject and text as the host wrote them; blank lines part the paragraphs."""

    subject: str
    text: str

    def check(self) -> None:
        """Raise ``IntakeRefused`` for a place that nothing fills, or a brace left over."""
        for field, text in (("subject", self.subject), ("text", self.text)):
            for name in PLACE.findall(text):
                if name not in PLACES:
                    raise IntakeRefused(
                        say(
                            "Nothing fills {%(name)s}. You can use: %(names)s.",
                            name=name[:40],
                            names=", ".join(f"{{{known}}}" for known in PLACES),
                        ),
                        field=field,
                    )
            if BRACE.search(PLACE.sub("", text)):
                raise IntakeRefused(
                    say("A brace stands alone. Write a place like {name}, or no brace."),
                    field=field,
                )

    def filled(self, values: Mapping[str, str]) -> "Wording":
        """Return the letter with each place filled."""
        return Wording(subject=_filled(self.subject, values), text=_filled(self.text, values))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text in paragraphs."""
        parts = (part.strip() for part in re.split(r"\n\s*\n", self.text.replace("\r", "")))
        return tuple(part for part in parts if part)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return PLACE.sub(lambda place: values[place[1]], text)


DEFAULTS: Mapping[Outcome, Wording] = {
    Outcome.SELECTED: Wording(
        subject=say("{lea} is selected for {institute}"),
        text=say(
            "Hello {name},\n\n"
            "we are glad to tell you that {lea} is selected for {institute}.\n\n"
            "Places are kept for your team. Name its members and accept the places by {deadline}; "
            "after that the places go to the next applicant.\n\n"
            "Questions? Write to {contact}."
        ),
    ),
    Outcome.WAITLISTED: Wording(
        subject=say("{lea} is on the waitlist for {institute}"),
        text=say(
            "Hello {name},\n\n"
            "thank you for applying to {institute}. More LEAs applied than there are places, and "
            "{lea} is on the waitlist.\n\n"
            "If a place becomes free in your turn, we write to you at once. You need not do "
            "anything until then.\n\n"
            "Questions? Write to {contact}."
        ),
    ),
    Outcome.NOT_SELECTED: Wording(
        subject=say("Your application to {institute}"),
        text=say(
            "Hello {name},\n\n"
            "thank you for applying to {institute}. We could not select {lea} this time.\n\n"
            "Your page about the application says why. We would be glad if you applied again.\n\n"
            "Questions? Write to {contact}."
        ),
    ),
}


def wording_of(letters: Mapping[str, Mapping[str, str]], outcome: Outcome) -> Wording:
    """Return the host's letter, or the usual one."""
    own = letters.get(outcome.value)
    return Wording(subject=own["subject"], text=own["text"]) if own else DEFAULTS[outcome]
