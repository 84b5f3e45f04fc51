"""Read the roles of a team."""

from collections.abc import Mapping
from typing import Any

from consortium.directory.domain.states import STATES
from consortium.words import say
from events.institutes.domain import RoleRule, Strength
from events.institutes.domain.wording import FOREIGN
from events.programmes.domain.admission import state_fault
from events.programmes.domain.faults import Findings, Place, path_of
from events.programmes.domain.parts import read_parts
from events.programmes.domain.shapes import RoleShape

_EVERY_TEAM = frozenset({"all", "*"})


def read_roles(raw: Mapping[str, Any], findings: Findings) -> tuple[RoleRule, ...]:
    """Return the roles in the file's order; note codes that stand twice and numbers that clash."""
    first: dict[str, Place] = {}
    roles = []
    for place, shape in read_parts(RoleShape, raw.get("roles"), ("roles",), findings):
        if shape.code in first:
            findings.fault(
                (*place, "code"),
                say(
                    "%(earlier)s has the code “%(code)s” already. Give each role its own.",
                    earlier=path_of(first[shape.code]),
                    code=shape.code,
                ),
            )
        first.setdefault(shape.code, place)
        _check_numbers(shape, place, findings)
        roles.append(_role(shape, place, findings))
    return tuple(roles)


def _check_numbers(shape: RoleShape, place: Place, findings: Findings) -> None:
    if shape.strength is Strength.NOT_ADMITTED and (shape.min > 0 or shape.max):
        findings.fault(
            (*place, "min" if shape.min > 0 else "max"),
            say("This role is not admitted, so nobody may have it. Write 0."),
        )
    elif shape.max is not None and shape.max < shape.min:
        findings.fault(
            (*place, "max"),
            say("The most is below the least: max must be %(min)s or more.", min=shape.min),
        )


def _role(shape: RoleShape, place: Place, findings: Findings) -> RoleRule:
    not_admitted = shape.strength is Strength.NOT_ADMITTED
    return RoleRule(
        code=shape.code,
        label=shape.label,
        side=shape.side,
        strength=shape.strength,
        min=shape.min,
        max=0 if not_admitted else shape.max,
        waiver=shape.waiver,
        warning=shape.warning,
        applies_to=_states(shape, place, findings),
    )


def _states(shape: RoleShape, place: Place, findings: Findings) -> tuple[str, ...]:
    """Return the states whose teams are asked for the role; words that are no code mean all."""
    states = []
    for position, code in enumerate(shape.applies_to):
        at = (*place, "applies_to", position)
        if code in STATES or code.startswith(FOREIGN) or len(code) == 2:  # noqa: PLR2004  (two letters)
            wrong = state_fault(code)
            if wrong is not None:
                findings.fault(at, wrong)
            states.append(code)
        elif code.lower() not in _EVERY_TEAM:
            findings.warn(
                at,
                say("“%(code)s” is no state, so the role is asked of every team.", code=code[:40]),
            )
    return tuple(states)
