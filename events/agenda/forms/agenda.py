"""The buttons of an agenda: each names the session it is about; and what the host decides."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.words import say
from events.schedule.domain import NotForYou, SameContentTwice
from events.schedule.models import Session

FROM_THE_LIST = say("Choose one of the sessions in the list.")


class ChoiceForm(ActForm):
    """Choose, drop or swap a session, wait for one, or stop waiting."""

    session = HiddenField()
    give_up = HiddenField()
    """What is left for it, at once or when a place comes free."""
    twice = HiddenField()
    """Filled when the person wants to hear the same content again."""

    asked: SameContentTwice | None = None
    """What the person has to say yes to first."""
    not_for_them: NotForYou | None = None

    @property
    def code(self) -> str:
        """The short code of the session."""
        return self.session.data or ""

    @property
    def leaving(self) -> str:
        """The short code of the session to give up."""
        return self.give_up.data or ""

    @property
    def wants_twice(self) -> bool:
        """Whether the person has said that the same content may come twice."""
        return bool(self.twice.data)

    @contextmanager
    def showing(self, *refusals: type[Refusal]) -> Iterator[None]:
        """Show a refusal as usual, and keep what the person can do about it."""
        with super().showing(*refusals):
            try:
                yield
            except SameContentTwice as asked:
                self.asked = asked
                raise
            except NotForYou as refusal:
                self.not_for_them = refusal
                raise


class AnswerForm(ActForm):
    """Say whether one comes to a session.

    On the agenda all sessions share one form, so that the page stays small: the button that is
    pressed says both, as ``<code>:<answer>``.
    """

    session = HiddenField()
    says = HiddenField()
    reply = HiddenField()

    @property
    def on_agenda(self) -> bool:
        """Whether it was sent from the agenda, among everything else."""
        return bool(self.reply.data)

    @property
    def code(self) -> str:
        """The short code of the session."""
        return (self.reply.data or "").rpartition(":")[0] or self.session.data or ""

    @property
    def answer_given(self) -> str:
        """What the person says, as calendar programs say it."""
        return (self.reply.data or "").rpartition(":")[2] or self.says.data or ""


class PlaceForm(ActForm):
    """Into which session the host moves someone, out of which, and why."""

    out_of = SelectField(say("Take out of"), invalid_choice_message=FROM_THE_LIST, default="")
    into = SelectField(say("Give a place in"), invalid_choice_message=FROM_THE_LIST, default="")
    reason = StringField(
        say("Why"), description=say("The person reads this, in a mail and on the agenda.")
    )
    one_more = BooleanField(
        say("If it is full, give it one more place"),
        description=say("The person then passes those who wait. It is written down."),
    )

    def offer(self, held: Sequence[Session], others: Sequence[Session]) -> None:
        """Offer what the person can be taken out of, and given a place in."""
        self.out_of.choices = [
            SelectChoice("", say("What the person has in the same round")),
            *(SelectChoice(one.code, _in_words(one)) for one in held),
        ]
        self.into.choices = [
            SelectChoice("", say("No other session")),
            *(SelectChoice(one.code, _in_words(one)) for one in others),
        ]


def _in_words(session: Session) -> str:
    if session.starts is None:
        return session.title
    when = f"{session.starts:%a, %b} {session.starts.day}, {_clock(session.starts)}"
    left = session.planned.places_left
    if left is None:
        return say("%(when)s: %(title)s", when=when, title=session.title)
    if left == 0:
        return say("%(when)s: %(title)s (full)", when=when, title=session.title)
    return say(
        "%(when)s: %(title)s (places left: %(left)s)", when=when, title=session.title, left=left
    )


def _clock(moment: datetime) -> str:
    return moment.strftime("%I:%M %p").lstrip("0")
