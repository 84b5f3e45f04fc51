"""A material as it is written down, and what is wrong with one."""

from dataclasses import dataclass
from datetime import date, datetime

from consortium.errors import Refusal
from consortium.files.domain import ENDINGS
from consortium.links import NO_LINK, host_of_link
from consortium.words import say
from events.materials.domain.words import Audience, MaterialKind

FILE_KINDS = frozenset(ENDINGS)
LONGEST_TITLE = 150


class MaterialRefused(Refusal):
    """The material cannot be kept like this."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a material belongs to: a session, a day, or (neither) the whole institute."""

    session: str = ""
    """The session's short code."""
    on: date | None = None

    @property
    def key(self) -> str:
        """The choice of a form: ``session:opening``, ``day:2026-06-20`` or empty."""
        if self.session:
            return f"session:{self.session}"
        return f"day:{self.on.isoformat()}" if self.on else ""

    @classmethod
    def read(cls, key: str) -> "Subject":
        """Return what a form's choice says. Raises ``ValueError`` for what no form offers."""
        kind, _, rest = key.partition(":")
        if kind == "session" and rest:
            return cls(session=rest)
        if kind == "day":
            return cls(on=date.fromisoformat(rest))
        if key:
            raise ValueError(key)
        return cls()


@dataclass(frozen=True, kw_only=True)
class MaterialSpec:
    """A material without its file: what it is called, whose it is, who gets it and when."""

    title: str
    kind: MaterialKind
    description: str = ""
    link: str = ""
    """Where it is, unless a file is kept here."""
    subject: Subject = Subject()
    audience: Audience = Audience.PLACE
    after_session: bool = False
    """Whether people get it only when its session has ended; follows the session when it moves."""
    available_from: datetime | None = None
    """Wall time in the institute's zone."""
    available_until: datetime | None = None

    def check(self, *, with_file: bool) -> None:
        """Raise ``MaterialRefused``, field and all, for what cannot be handed out like this."""
        if not self.title.strip() or len(self.title) > LONGEST_TITLE:
            raise MaterialRefused(
                say("Give it a title of at most %(most)s characters.", most=LONGEST_TITLE),
                field="title",
            )
        if with_file and self.link:
            raise MaterialRefused(
                say("Choose a file or write a link, not both. Hand out two things as two."),
                field="link",
            )
        if not with_file and not self.link:
            raise MaterialRefused(say("Choose a file, or write a link."), field="file")
        if self.link and host_of_link(self.link) is None:
            raise MaterialRefused(NO_LINK, field="link")
        self._check_session()
        begins, ends = self.available_from, self.available_until
        if begins and ends and ends <= begins:
            raise MaterialRefused(
                say("It would be over before it begins. Choose a later end."), field="until_on"
            )

    def _check_session(self) -> None:
        if self.subject.session:
            return
        if self.audience is Audience.AGENDA:
            raise MaterialRefused(
                say("Only a session stands on people's agendas. Choose the session it belongs to."),
                field="audience",
            )
        if self.after_session:
            raise MaterialRefused(
                say("Choose the session after which it is handed out."), field="after_session"
            )
