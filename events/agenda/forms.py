"""The buttons of an agenda: each names the session it is about."""

from collections.abc import Iterator
from contextlib import contextmanager

from wtforms import HiddenField

from consortium.errors import Refusal
from consortium.forms import ActForm
from events.schedule.domain import NotForYou, SameContentTwice


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
