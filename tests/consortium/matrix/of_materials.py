"""The routes of materials: who may call what, and what is written down about each act."""

from collections.abc import Mapping

from consortium.database import db
from events.institutes.models import Institute
from events.materials.domain import Audience
from events.schedule.models import Room
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import EVERYONE, RUNS_IT, Answer, Policy
from tests.events.materials.stage import hand_out

public = Policy(may=EVERYONE)
keeps = Policy(may=RUNS_IT, others=Answer.MISSING)
has_a_place = Policy(
    may=RUNS_IT | {"facilitator", "lead", "other lead", "member"}, others=Answer.MISSING
)
kept_acts = ("add", "change", "remove")

POLICIES: Mapping[str, Policy] = {
    "materials.shelf GET": public,
    "materials.bundle GET": public,
    # A material is public or not: whoever may not have this one is told that there is none.
    "materials.file GET": Policy(may=has_a_place.may, others=Answer.MISSING, nobody=Answer.MISSING),
    "materials.manage GET": keeps,
    "materials.old GET": keeps,
    "materials.move POST": keeps,
    **{f"materials.{name} {method}": keeps for name in kept_acts for method in ("GET", "POST")},
}
ACTS: Mapping[str, Act] = {
    "materials.add POST": Act(
        named="put_material", fills={"title": "Talk", "link": "https://video.example.org/1"}
    ),
    "materials.change POST": Act(named="change_material", fills={"title": "Other"}),
    "materials.move POST": Act(
        named="move_material", fills={"to": "later"}, on="materials.manage GET"
    ),
    "materials.remove POST": Act(named="remove_material"),
}


def handed_out(
    institute: Institute, elsewhere: Institute
) -> tuple[dict[str, object], dict[str, object]]:
    """Hand out two things here and one elsewhere, with a screen here; return address parts."""
    mine = hand_out(institute, "Mine", audience=Audience.PLACE)
    hand_out(institute, "Everyone's")
    other = hand_out(elsewhere, "Other", audience=Audience.PLACE)
    name = f"Door of {institute.slug}"
    db.session.add(Room(institute_id=institute.id, name=name, name_key=name.lower(), position=90))
    db.session.flush()
    door = f"door-of-{institute.slug}"
    return {"material_id": mine.id, "door": door}, {"material_id": other.id, "door": "no-door"}
