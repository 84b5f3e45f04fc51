"""Read and write how teams come in, what both sides do together, and the strands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from consortium.words import say
from events.institutes.domain import REMINDER_DAYS
from events.institutes.domain.sections import Partnership, StrandLine, Together, Ways
from events.intake.domain import IntakeRefused, Wording
from events.programmes.domain.faults import Findings, Place
from events.programmes.domain.parts import read_part, read_parts
from events.programmes.domain.registration_shapes import (
    LettersShape,
    RegistrationShape,
    SelectionShape,
    StrandShape,
)


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What a file says of registration."""

    ways: Ways
    together: Together
    offer_hours: int
    selection: Mapping[str, Any] = field(default_factory=dict)
    letters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


USUAL = Registration(ways=Ways(), together=Together(), offer_hours=48)


def read_registration(raw: Any, findings: Findings) -> Registration | None:
    """Return it; ``None`` when the file does not speak of it, and what is set stays."""
    place: Place = ("registration",)
    said = None if raw is None else read_part(RegistrationShape, raw, place, findings)
    if said is None:
        return None
    _note_what_stands_twice(
        [
            ((*place, "partnerships", n, "state"), one.state)
            for n, one in enumerate(said.partnerships)
        ],
        findings,
    )
    reminders = said.reminder_days.model_dump(exclude_none=True, include=set(REMINDER_DAYS))
    return Registration(
        ways=Ways(
            intake=said.intake,
            partnerships=tuple(
                sorted(
                    (
                        Partnership(state=one.state, name=one.name, url=one.url)
                        for one in said.partnerships
                    ),
                    key=lambda one: one.state,
                )
            ),
        ),
        together=Together(
            joint_acts=frozenset(said.joint_acts),
            reminder_days={
                **REMINDER_DAYS,
                **{kind: _falling(days) for kind, days in reminders.items()},
            },
        ),
        offer_hours=said.offer_hours,
        selection=_selection(said.selection),
        letters=_letters(said.letters, (*place, "letters"), findings),
    )


def read_strands(raw: Any, findings: Findings) -> tuple[StrandLine, ...] | None:
    """Return the strands in the file's order; ``None`` when the file does not speak of them."""
    if raw is None:
        return None
    found = list(read_parts(StrandShape, raw, ("strands",), findings))
    _note_what_stands_twice([((*place, "code"), shape.code) for place, shape in found], findings)
    return tuple(
        StrandLine(code=shape.code, label=shape.label, description=shape.description)
        for _, shape in found
    )


def written_registration(said: Registration | None) -> dict[str, Any]:
    """Return it as it stands in a file; what is usual is left out."""
    if said is None or said == USUAL:
        return {}
    reminders = said.together.reminder_days
    return {
        "intake": said.ways.intake.value,
        **_some("partnerships", [dict(vars(one)) for one in said.ways.partnerships]),
        **_some("joint_acts", sorted(kind.value for kind in said.together.joint_acts)),
        **_some(
            "reminder_days",
            {
                kind: list(days)
                for kind, days in reminders.items()
                if days != REMINDER_DAYS.get(kind)
            },
        ),
        "offer_hours": said.offer_hours,
        **_some("selection", _without_nothing(said.selection)),
        **_some("letters", {name: dict(letter) for name, letter in said.letters.items()}),
    }


def written_strands(strands: tuple[StrandLine, ...] | None) -> list[Mapping[str, Any]]:
    """Return the strands as they stand in a file."""
    return [
        {
            "code": strand.code,
            "label": strand.label,
            **_some("description", strand.description),
        }
        for strand in strands or ()
    ]


def _selection(said: SelectionShape | None) -> Mapping[str, Any]:
    """Return the mix and the pledges as an institute keeps them."""
    if said is None:
        return {}
    return {
        **({"by": said.by.value, "shares": said.shares} if said.shares else {}),
        **({} if said.places is None else {"places": said.places}),
        **_some("explanation", said.explanation),
        **_some("pledges", said.pledges.model_dump() if said.pledges else {}),
    }


def _letters(
    said: LettersShape | None, place: Place, findings: Findings
) -> Mapping[str, Mapping[str, str]]:
    letters = said.model_dump(exclude_none=True) if said else {}
    for name, letter in letters.items():
        try:
            Wording(subject=letter["subject"], text=letter["text"]).check()
        except IntakeRefused as refusal:
            findings.fault((*place, name, refusal.field or "text"), refusal.message)
    return letters


def _without_nothing(selection: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in selection.items() if value not in ("", {}, None)}


def _note_what_stands_twice(named: Iterable[tuple[Place, str]], findings: Findings) -> None:
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            findings.fault(place, say("“%(name)s” stands here twice. Write it once.", name=name))
        seen.add(name)


def _falling(days: list[int]) -> tuple[int, ...]:
    return tuple(sorted(set(days), reverse=True))


def _some(name: str, value: Any) -> dict[str, Any]:
    return {name: value} if value else {}
