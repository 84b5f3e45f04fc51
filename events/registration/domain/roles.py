"""Which roles people may come in, alone and together."""

from collections.abc import Sequence

from consortium.people.domain import Side
from consortium.words import say
from events.institutes.domain import RoleRule, Strength, TeamTerms
from events.registration.domain.refusals import RegistrationRefused
from events.registration.domain.wording import all_of

ASKED_OF_A_SIDE = frozenset({Strength.REQUIRED, Strength.EXPECTED, Strength.IDEAL})
LONGEST_SHOWN = 80
OPPOSITE = frozenset({Side.LABOR, Side.MANAGEMENT})


def check_roles(codes: Sequence[str], terms: TeamTerms, state: str, *, field: str) -> None:
    """Raise ``RegistrationRefused`` unless one person of ``state`` may fill these together."""
    rules = {rule.code: rule for rule in team_roles(terms, state)}
    for code in codes:
        if code not in rules:
            raise RegistrationRefused(
                say(
                    "“%(code)s” is not a role of this institute. Choose one of the list.",
                    code=code[:LONGEST_SHOWN],
                ),
                field=field,
            )
    asked = [rules[code] for code in codes if rules[code].strength in ASKED_OF_A_SIDE]
    if {rule.side for rule in asked} >= OPPOSITE:
        raise RegistrationRefused(
            say(
                "One person cannot be %(roles)s at once: the team needs someone on each side. "
                "Name two people.",
                roles=all_of([rule.label for rule in asked]),
            ),
            field=field,
        )


def team_roles(terms: TeamTerms, state: str) -> tuple[RoleRule, ...]:
    """Return the roles that members of a team from this state may fill."""
    return tuple(
        rule
        for rule in terms.roles
        if not rule.for_visitors
        and rule.strength is not Strength.NOT_ADMITTED
        and rule.applies_in(state)
    )


def visitor_roles(terms: TeamTerms, state: str) -> tuple[RoleRule, ...]:
    """Return the roles in which people of this state may come without a team."""
    return tuple(rule for rule in terms.roles if rule.for_visitors and rule.applies_in(state))


def role_of_visitors(rules: Sequence[RoleRule], code: str) -> RoleRule:
    """Return the role among these in which visitors come; where there is but one, it is said.

    Raises ``RegistrationRefused`` when they have to choose.
    """
    if len(rules) == 1 and not code:
        return rules[0]
    found = next((rule for rule in rules if rule.code == code), None)
    if found is None:
        raise RegistrationRefused(
            say(
                "Choose what you come as. From your place people come as: %(roles)s.",
                roles="; ".join(rule.label for rule in rules),
            ),
            field="role",
        )
    return found
