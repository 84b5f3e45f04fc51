"""An act on a team as it was recorded: ids and codes, and the names they stand for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from consortium.words import Sentence, say
from events.registration.domain.wording import all_of

SEAT = "seat:"
PERSON = "person:"


@dataclass(frozen=True, kw_only=True)
class Names:
    """What ids and codes stand for."""

    seats: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One act on a team, as it was recorded."""

    act: str
    who: str
    subject: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    names: Names

    def seat(self, said: Mapping[str, Any] | None = None) -> str:
        """Name who has the seat that the act is about."""
        seat_id = self.subject.removeprefix(SEAT) if self.subject.startswith(SEAT) else ""
        seat_id = str((said or {}).get("seat", seat_id))
        return self.names.seats.get(seat_id, "") or say("a seat to be named")

    def roles(self, said: Mapping[str, Any]) -> str:
        """Name the roles that are recorded."""
        return self._labels(said.get("roles", ()))

    def role(self) -> str:
        """Name the one role whose code stands where a value is recorded."""
        codes = [code for code in (*self.before, *self.after) if code in self.names.roles]
        return self._labels(codes[:1])

    def lead(self, said: Mapping[str, Any]) -> str:
        """Name the lead whose person is recorded."""
        return self.names.people.get(str(said.get("lead", "")), "") or say("someone")

    def person(self) -> str:
        """Name the person that the act is about; nobody where it is about something else."""
        return self.names.people.get(self.subject.removeprefix(PERSON), "")

    def side(self) -> str:
        """Name the side that is recorded."""
        code = str(self.after.get("side") or self.before.get("side") or "")
        return self.names.sides.get(code, code)

    def say(self, template: str, **values: Any) -> Sentence:
        """Return the sentence about who did it."""
        return say(template, who=self.who, **values)

    def _labels(self, codes: Collection[str]) -> str:
        return all_of([self.names.roles.get(code, code) for code in codes])


def leads_in(*recorded: Mapping[str, Any]) -> Collection[str]:
    """Return the ids of people under ``lead`` in what was recorded."""
    return {str(said["lead"]) for said in recorded if said.get("lead")}
