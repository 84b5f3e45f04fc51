"""Forms of ranked rounds: what one person ranks, until when people rank, and a draft."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from consortium.fields import ClockField, DayField, NumberField
from consortium.forms import ActForm
from consortium.words import say
from events.agenda.domain.drafting import Asked, Pin
from events.schedule.domain import PlannedSession
from events.schedule.domain.ranking import in_numbers, moved
from events.schedule.models import RankedRound

MOST_PLACES = 100_000
MOST_CHOICES = 100
ALWAYS = say("Choose what stands in the list.")


class RankForm(ActForm):
    """The numbers that someone gives the sessions of a round, or one step of one session.

    ``rank_form`` gives it a field for each session.
    """

    move = HiddenField()
    """What a button beside a session does, as ``<how>:<code>``."""

    codes: Sequence[str] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """The codes in the order asked for. Raises ``RankingRefused``."""
        order = in_numbers({code: self._number(code) for code in self.codes})
        how, _, code = (self.move.data or "").partition(":")
        return moved(order, code, how) if code in self.codes else order

    def number_of(self, code: str) -> SelectField:
        """Return the field with a session's number."""
        return self[f"rank-{code}"]

    def _number(self, code: str) -> int | None:
        said = self.number_of(code).data
        return int(said) if said else None


def rank_form(sessions: Sequence[PlannedSession], order: Sequence[str]) -> RankForm:
    """Return a form with a number for each session, as it was ranked so far."""
    numbers = range(1, len(sessions) + 1)
    fields = {}
    for session in sessions:
        fields[f"rank-{session.code}"] = SelectField(
            session.title,
            choices=[
                SelectChoice("", say("No choice")),
                *(SelectChoice(str(one), str(one)) for one in numbers),
            ],
            default=str(order.index(session.code) + 1) if session.code in order else "",
            invalid_choice_message=ALWAYS,
        )
    form_of_round = type("RankFormOfRound", (RankForm,), fields)
    form: RankForm = form_of_round()
    form.codes = [session.code for session in sessions]
    return form


class RankedRoundForm(ActForm):
    """Until when people rank a round, and whether someone gets what they did not rank."""

    until_on = DayField(say("Last day"), validators=[InputRequired(say("Choose a day."))])
    until_at = ClockField(say("Time"), validators=[InputRequired(say("Say at what time."))])
    most = NumberField(
        say("How many sessions each person ranks at most"),
        description=say("Empty: as many as there are."),
        least=1,
        most=MOST_CHOICES,
        validators=[Optional()],
    )
    any_free = BooleanField(
        say("Who cannot have anything they ranked, or ranked nothing, gets a free place"),
        description=say("Otherwise they have no place, and choose one that is left themselves."),
        default=True,
    )

    def show(self, row: RankedRound, zone: ZoneInfo) -> None:
        """Fill in what is stored."""
        until = row.until.astimezone(zone)
        self.until_on.data, self.until_at.data = until.date(), until.time()
        self.any_free.data, self.most.data = row.any_free, row.most

    def until(self, zone: ZoneInfo) -> datetime:
        """Return the moment that was filled in, by the clocks of the institute."""
        wall = datetime.combine(self.until_on.data, self.until_at.data, tzinfo=zone)
        return wall.astimezone(UTC)


class DraftForm(ActForm):
    """For which rounds a draft is made, and whether places that were given are kept."""

    rounds = SelectMultipleField(
        say("Rounds"),
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
        validate_choice=True,
    )
    anew = BooleanField(
        say("Also deal anew the places that were given before"),
        description=say("Otherwise everyone keeps their place, and only what is left is given."),
    )
    session = SelectField(
        say("What if this session had more places?"), invalid_choice_message=ALWAYS, default=""
    )
    more = NumberField(say("How many more"), least=1, most=MOST_PLACES, validators=[Optional()])

    def offer(self, rounds: Sequence[tuple[str, str]], sessions: Sequence[PlannedSession]) -> None:
        """Offer the ranked rounds and the sessions that count their places."""
        self.rounds.choices = list(rounds)
        self.session.choices = [
            SelectChoice("", say("No session")),
            *(SelectChoice(str(one.id), one.title) for one in sessions if one.capacity is not None),
        ]
        if not self.is_submitted():
            self.rounds.data = [value for value, _ in rounds]

    def to_asked(self, *, seed: int) -> Asked:
        """Return what the draft is to be of."""
        return Asked(
            rounds=tuple(UUID(one) for one in self.rounds.data or ()),
            keep=not self.anew.data,
            extra=self._supposed(),
            seed=seed,
        )

    def _supposed(self) -> dict[UUID, int]:
        if not self.session.data or not self.more.data:
            return {}
        return {UUID(self.session.data): self.more.data}


class DecideForm(ActForm):
    """Where one person has to be in a round, whatever was ranked."""

    decision = SelectField(say("Your decision"), invalid_choice_message=ALWAYS, default="")

    def offer(self, sessions: Sequence[PlannedSession], pin: Pin | None) -> None:
        """Offer a place in each session, and to be kept out of each; show what was decided."""
        self.decision.choices = [
            SelectChoice("", say("No decision: what people ranked decides")),
            *(
                SelectChoice(f"in:{one.id}", say("A place in “%(title)s”", title=one.title))
                for one in sessions
            ),
            *(
                SelectChoice(f"out:{one.id}", say("No place in “%(title)s”", title=one.title))
                for one in sessions
            ),
        ]
        if pin is not None and not self.is_submitted():
            self.decision.data = f"{'in' if pin.inside else 'out'}:{pin.session_id}"

    def to_pin(self, seat_id: UUID) -> Pin | None:
        """Return what is decided of the person."""
        how, _, session_id = (self.decision.data or "").partition(":")
        if not session_id:
            return None
        return Pin(seat_id=seat_id, session_id=UUID(session_id), inside=how == "in")
