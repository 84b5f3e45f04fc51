"""The routes of reflections, lessons and the library: who may call what, and what acts write."""

from collections.abc import Mapping

from cohorts.learning import service as learning
from cohorts.reflections import service as reflections
from cohorts.reflections.domain import LessonText, Visibility
from cohorts.reflections.service import Said
from consortium.database import db
from events.registration.models import SeatStatus, Team
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import NAMES, RUNS_IT, Answer, Policy

MEMBERS = frozenset({"lead", "member"})
of_the_team = Policy(may=NAMES | MEMBERS, others=Answer.MISSING)
of_a_side = Policy(may=MEMBERS, others=Answer.MISSING)
comes = Policy(may=NAMES | MEMBERS | {"other lead"}, others=Answer.MISSING)
shown = Policy(may=comes.may, others=Answer.MISSING, names={"lesson_id": "shown_lesson_id"})
runs_it = Policy(may=RUNS_IT)

POLICIES: Mapping[str, Policy] = {
    "reflections.meeting GET": of_the_team,
    **{
        f"reflections.{name} {method}": of_a_side
        for name in ("own", "of_team", "new_lesson", "lesson", "edit_lesson", "remove")
        for method in ("GET", "POST")
    },
    "reflections.take_back POST": of_a_side,
    "reflections.withdraw POST": of_a_side,
    "reflections.lessons GET": of_a_side,
    "reflections.of_cohort GET": comes,
    "reflections.of_meeting GET": comes,
    "reflections.library GET": comes,
    "reflections.shown GET": shown,
    "reflections.prompts GET": runs_it,
    "reflections.prompts POST": runs_it,
}
BODY = "We moved our joint meeting to Tuesdays. Since then both sides come."
ACTS: Mapping[str, Act] = {
    "reflections.own POST": Act(named="reflect", by="lead", fills={"answer_0": "Again."}),
    "reflections.of_team POST": Act(
        named="reflect_as_team", by="member", fills={"answer_0": "Again."}
    ),
    "reflections.take_back POST": Act(
        named="take_reflection_back", by="lead", on="reflections.meeting GET"
    ),
    "reflections.prompts POST": Act(named="ask_after_meetings", fills={"prompts": "What now?"}),
    "reflections.new_lesson POST": Act(
        named="write_lesson", by="lead", fills={"title": "Tuesdays", "body": BODY}
    ),
    "reflections.lesson POST": Act(named="agree_to_lesson", by="lead", fills={"agree": "y"}),
    "reflections.edit_lesson POST": Act(
        named="change_lesson", by="member", fills={"title": "Fridays"}
    ),
    "reflections.remove POST": Act(named="remove_lesson", by="member"),
    "reflections.withdraw POST": Act(
        named="withdraw_lesson",
        by="lead",
        on="reflections.lesson GET",
        at={"lesson_id": "shown_lesson_id"},
    ),
}


def looked_back(mine: Team) -> dict[str, object]:
    """Let everyone of a team look back on a meeting; write two lessons, of which one is shown.

    For that while the second of the team sits on the labor side; a team of one shows none.
    """
    seats = [one for one in mine.seats if one.status is SeatStatus.CONFIRMED][:2]
    seat, both = seats[-1], len(seats) > 1
    was, seat.role_code = seat.role_code, "union_leader"
    db.session.flush()
    said = Said(answers=[("What now?", "We begin.")], visibility=Visibility.TEAM)
    code = "opening" if mine.institute.slug.endswith("summer") else "elsewhere"
    for one in seats:
        spot = reflections.spot_at(mine.id, code, one.person_id, hosts=False)
        reflections.reflect(spot, said, by=one.person.email)
    reflections.reflect_as_team(spot, said, 0, by=seat.person.email)
    partnership = learning.partnership_of_team(mine.id)
    assert partnership is not None
    text = LessonText(title="Tuesdays", topic="meetings", body=BODY)
    draft, other = (
        reflections.write_lesson(partnership.id, text, seat.person_id, by="test") for _ in range(2)
    )
    for one in seats if both else ():
        reflections.agree_to_lesson(
            other.id, text.digest, one.person_id, named=False, for_reports=True, by="test"
        )
    seat.role_code = was
    db.session.commit()
    return {"lesson_id": draft.id, "shown_lesson_id": other.id}
