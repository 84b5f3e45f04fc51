"""Terms and teams for tests of the rules, said in few words."""

from typing import Any

from consortium.people.domain import Side
from events.institutes.domain import Gate, RoleRule, Strength, TeamTerms
from events.registration.domain import Member, TeamDraft


def role(
    code: str, strength: Strength = Strength.EXPECTED, side: Side = Side.LABOR, **more: Any
) -> RoleRule:
    values = {"label": code.replace("_", " ").capitalize(), "min": 1, "max": 2, **more}
    return RoleRule(code=code, strength=strength, side=side, **values)


def terms(
    *roles: RoleRule, gate: Gate = Gate.IDEAL, min_people: int = 1, max_people: int | None = 9
) -> TeamTerms:
    return TeamTerms(gate=gate, min_people=min_people, max_people=max_people, roles=roles)


def team(*members: str, state: str = "NJ", **waivers: str) -> TeamDraft:
    """Return a team; ``"Ada: superintendent, principal"`` names a person and the roles."""
    named = [member.split(": ") for member in members]
    return TeamDraft(
        state=state,
        members=tuple(Member(name=n, role_codes=tuple(r.split(", "))) for n, r in named),
        waivers=waivers,
    )
