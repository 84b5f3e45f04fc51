"""From when to when people choose their own sessions, where the host says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from consortium.words import say
from events.institutes.domain import Due, closing
from events.institutes.domain.wording import due_in_words
from events.schedule.domain.sessions import ChoiceRefused

CHOOSE_FROM = "choose_from"
CHOOSE_BY = "choose_by"


class ChoosingClosed(ChoiceRefused):
    """People cannot choose yet, or any more; the host still can for them."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """Whether people choose for themselves at one moment."""

    opens: Due | None
    """When it begins, where the host says so; a bare date means from its first minute."""
    closes: Due | None
    too_early: bool
    too_late: bool

    @property
    def is_open(self) -> bool:
        """Whether people may choose, drop and swap now."""
        return not self.too_early and not self.too_late

    @property
    def words(self) -> str:
        """Where choosing stands, as the agenda says it; nothing where it has no limits."""
        if self.too_early and self.opens is not None:
            return say("You can choose from %(when)s on.", when=due_in_words(self.opens))
        if self.too_late and self.closes is not None:
            return say("You could choose until %(when)s.", when=due_in_words(self.closes))
        if self.closes is not None:
            return say("You can choose until %(when)s.", when=due_in_words(self.closes))
        return ""

    def check(self, *, contact: str) -> None:
        """Raise ``ChoosingClosed`` outside of it; ``contact`` is whom to ask then."""
        if not self.is_open:
            raise ChoosingClosed(
                say(
                    "%(window)s If something has to change, write to %(contact)s.",
                    window=self.words,
                    contact=contact,
                )
            )


def window_of(dues: Iterable[Due], *, zone: ZoneInfo, at: datetime) -> Window:
    """Return where choosing stands at the moment ``at``, by the institute's deadlines."""
    dues = list(dues)
    opens, closes = closing(dues, (CHOOSE_FROM,)), closing(dues, (CHOOSE_BY,))
    begins = datetime.combine(opens.on, opens.at or time(), tzinfo=zone) if opens else None
    return Window(
        opens=opens,
        closes=closes,
        too_early=begins is not None and at < begins,
        too_late=closes is not None and at >= closes.passes_at(zone),
    )
