"""What a match counts in a consortium that has not said anything else."""

from typing import Any

from consortium.people.domain import CATALOGUE

# Offices close enough that the people in them can help each other.
FAMILIES = tuple(
    tuple(family.split())
    for family in (
        "superintendent cabinet central_office business_official",
        "principal central_office",
        "union_leader cert_union_leader class_union_leader admin_assoc_president",
        "teacher esp building_rep site_leader",
        "board_president board_member board_finance_chair",
        "parent community",
        "state_chief state_union_officer state_board",
    )
)
SAME, CLOSE = 1050, 525
"""More than a goal, help, size and place together: the same office comes first."""


def first_weights() -> dict[str, Any]:
    """Return what a consortium begins with, as a file of weights states it.

    The same office comes first, then offices close to it; anyone else may meet who shares a goal
    or can help. Goals have no order, so that each counts alike.
    """
    known = dict.fromkeys([kind.code for kind in CATALOGUE])
    known |= dict.fromkeys(code for family in FAMILIES for code in family)
    related = {
        f"{one}|{other}": CLOSE
        for family in FAMILIES
        for place, one in enumerate(family)
        for other in family[place + 1 :]
    }
    return {
        "version": 1,
        "roles": list(known),
        "role_same": SAME,
        "role_related": related,
        "role_other": 0,
        "role_is_enough": True,
        "goal_rank_values": [2] * 12,
        "goal_unit": 10,
        "help_unit": 60,
        "help_cap": 2,
        "help_both": 40,
        "size_thresholds": [round(75 * 2 ** (step / 2)) for step in range(26)],
        "size_unit": 20,
        "size_span": 5,
        "locale_major": 40,
        "locale_full": 20,
        "poverty_max": 60,
        "poverty_slope": 2,
        "state_differs": 30,
        "availability_unit": 5,
        "availability_cap": 6,
        "second_language": 30,
        "main_language": "en",
    }
