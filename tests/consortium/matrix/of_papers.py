"""The routes of printed programmes and of the screens at doors: nothing there is an act."""

from collections.abc import Mapping

from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import EVERYONE, Answer, Policy

public = Policy(may=EVERYONE)
has_a_seat = Policy(may=frozenset({"lead", "other lead", "member"}), others=Answer.MISSING)

POLICIES: Mapping[str, Policy] = {
    "booklets.agenda GET": has_a_seat,
    "booklets.programme GET": public,
    "signage.building GET": public,
    "signage.sign GET": Policy(may=EVERYONE, names={"room": "door"}),
    "signage.signs GET": public,
}
ACTS: Mapping[str, Act] = {}
