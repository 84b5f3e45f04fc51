"""What the world's hosts hand out: each title, name and content says whose it is."""

from consortium.database import db
from events.institutes.models import Institute
from events.materials.domain import Audience
from events.schedule.models import Room
from tests.events.materials.stage import hand_out
from tests.factories import make_session
from tests.whole.world import INSTITUTE, World


def hand_out_everything(world: World, institute: Institute) -> None:
    """Hand out ``size`` files to each audience, on a day and for all; hang up as many screens."""
    for audience in Audience:
        for n in range(world.size):
            canary = f"filed{audience.value}canary"
            material = hand_out(
                institute,
                f"{canary} {n}",
                file=f"{canary}-{n}.txt",
                content=canary.encode(),
                description=canary,
                audience=audience,
                session="s0",
            )
            world.parts.append({"slug": INSTITUTE, "material_id": str(material.id), "number": "1"})
    for n in range(world.size):
        hand_out(institute, f"General {n}", file="g.txt", content=b"general")
        hand_out(institute, f"Day {n}", file="d.txt", content=b"day", on=institute.days[0].on)
        name = f"Screen {n}"
        db.session.add(
            Room(institute_id=institute.id, name=name, name_key=name.lower(), position=n)
        )
        db.session.commit()
        make_session(institute, f"screened{n}", "2026-05-01T11:00", "2026-05-01T12:00", room=name)
    world.parts.append({"slug": INSTITUTE, "room": "screen-0"})
