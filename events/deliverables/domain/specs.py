"""What a host asks teams to hand in, as it is written down."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consortium.errors import Refusal
from consortium.words import say
from events.deliverables.domain.kinds import FILE_GROUPS

LONGEST_TITLE = 150
MOST_DAYS_BEFORE = 60
BEFORE = (7, 2)
"""So many days before it is due people are reminded, unless the host says otherwise."""


class DeliverableRefused(Refusal):
    """Teams cannot be asked for it like this."""


class HandingInRefused(Refusal):
    """It cannot be handed in, withdrawn or agreed to now."""


@dataclass(frozen=True, kw_only=True)
class DeliverableSpec:
    """A paper that each registered team is asked for."""

    title: str
    instructions: str = ""
    template_id: UUID | None = None
    """The material that teams fill in."""
    due: datetime
    """Wall time in the institute's zone; at this moment it is late."""
    late_allowed: bool = True
    """Whether it is still taken afterwards, marked as late."""
    kinds: tuple[str, ...] = ("pdf", "word", "slides")
    """Groups of file kinds."""
    both_sides: bool = False
    """Whether it counts only once the leads of both sides agree to it."""
    sign_roles: tuple[str, ...] = ()
    """Further offices of the team that have to agree."""
    by_members: bool = False
    """Whether any confirmed member hands it in; otherwise only the team's leads do."""
    gallery: bool = False
    """Whether teams may show theirs to the other teams."""
    remind_days: tuple[int, ...] = BEFORE
    """So many days before it is due, those who have not handed it in get a mail."""

    def check(self) -> None:
        """Raise ``DeliverableRefused``, field and all, for what nobody can be asked for."""
        if not self.title.strip() or len(self.title) > LONGEST_TITLE:
            raise DeliverableRefused(
                say("Give it a title of at most %(most)s characters.", most=LONGEST_TITLE),
                field="title",
            )
        if not self.kinds or not set(self.kinds) <= set(FILE_GROUPS):
            raise DeliverableRefused(
                say("Choose at least one kind of file that teams can hand in."), field="kinds"
            )
        if not all(0 <= days <= MOST_DAYS_BEFORE for days in self.remind_days):
            raise DeliverableRefused(
                say("Write days from 0 to %(most)s, like 7, 2.", most=MOST_DAYS_BEFORE),
                field="remind_days",
            )
