"""What partnerships do with it: plans and goals, surveys, peers, standing bodies."""

from collections import defaultdict
from collections.abc import Iterable

from cohorts.reports.domain.ground import PlanLine
from cohorts.reports.domain.reach import ALL, STATE, Crowd
from cohorts.reports.domain.tables import EVERYTHING, Block, Column, Line
from consortium.small_cells import protect_line
from consortium.words import say

NOT_COLLECTED = say("Not collected: nothing of this kind has been kept in this period.")


def plan_blocks(crowd: Crowd) -> list[Block]:
    """Return plans, signatures and goals by state. Plans belong to partnerships, not to persons."""
    plans = crowd.ground.plans or ()
    by_state: dict[str, list[PlanLine]] = defaultdict(list)
    for one in plans:
        by_state[one.state].append(one)
    return [
        Block(
            code="plans",
            title=say("Action plans and goals"),
            named=STATE,
            columns=(
                Column(key="partnerships", name=say("Partnerships")),
                Column(key="plans", name=say("With a plan")),
                Column(key="signed", name=say("Signed by both sides")),
                Column(key="goals", name=say("Goals set")),
                Column(key="students", name=say("About students")),
                Column(key="measured", name=say("Measured in the period")),
                Column(key="progressed", name=say("Progressed")),
                Column(key="reached", name=say("Reached")),
            ),
            lines=tuple(
                Line(key=state, name=crowd.name(state), cells=_plans(by_state[state]))
                for state in sorted(by_state, key=lambda code: (crowd.name(code), code))
            ),
            total=Line(key=EVERYTHING, name=ALL, cells=_plans(plans)) if plans else None,
            note=say("A goal has progressed when its last value moved the right way."),
            nothing=NOT_COLLECTED,
        )
    ]


def _plans(plans: Iterable[PlanLine]) -> tuple[int, ...]:
    every = list(plans)
    return (
        len(every),
        sum(one.has_plan for one in every),
        sum(one.signed for one in every),
        sum(one.goals for one in every),
        sum(one.student_goals for one in every),
        sum(one.measured for one in every),
        sum(one.progressed for one in every),
        sum(one.reached for one in every),
    )


def survey_blocks(crowd: Crowd) -> list[Block]:
    """Return each scale's mean before and after; hidden where too few answered."""
    return [
        Block(
            code="surveys",
            title=say("What surveys say, before and after"),
            named=say("Instrument and scale"),
            columns=(
                Column(key="before_people", name=say("Answers before"), people=True),
                Column(key="before", name=say("Mean before")),
                Column(key="after_people", name=say("Answers after"), people=True),
                Column(key="after", name=say("Mean after")),
                Column(key="change", name=say("Change")),
            ),
            lines=tuple(
                Line(
                    key=f"{one.instrument}:{one.scale}",
                    name=say("%(name)s: %(scale)s", name=one.instrument, scale=one.scale),
                    cells=(
                        one.before_people,
                        one.before_mean,
                        one.after_people,
                        one.after_mean,
                        None
                        if one.before_mean is None or one.after_mean is None
                        else one.after_mean - one.before_mean,
                    ),
                )
                for one in crowd.ground.scales or ()
            ),
            note=say(
                "Of whole cohorts, whatever their states. Means are hidden below five answers and "
                "where fewer than half answered; a number of answers, where it would tell it of a "
                "group that is hidden."
            ),
            nothing=NOT_COLLECTED,
        )
    ]


def peer_blocks(crowd: Crowd) -> list[Block]:
    """Return rounds, pairs and people with a peer, by institute."""
    titles = {one.id: one.title for one in crowd.ground.held}
    peers = [one for one in crowd.ground.peers if one.institute_id in titles]
    counts = protect_line([len(one.people) for one in peers], least=crowd.least).counts
    return [
        Block(
            code="peers",
            title=say("Peers and partner teams"),
            named=say("Institute or cohort"),
            columns=(
                Column(key="rounds", name=say("Rounds")),
                Column(key="pairs", name=say("Pairs introduced")),
                Column(key="ended", name=say("Pairs ended")),
                Column(key="people", name=say("People with a peer"), people=True),
            ),
            lines=tuple(
                Line(
                    key=str(one.institute_id),
                    name=titles[one.institute_id],
                    cells=(
                        one.rounds,
                        None if count is None else one.pairs,
                        None if count is None else one.ended,
                        count,
                    ),
                )
                for one, count in zip(peers, counts, strict=True)
            ),
            note=say("Of whole institutes and cohorts, whatever their states."),
            nothing=say("No peers were brought together in this period."),
        )
    ]


def structure_blocks(crowd: Crowd) -> list[Block]:
    """Return standing bodies that partnerships keep, and in how many there are signs of risk."""
    bodies = crowd.ground.bodies or ()
    risks = crowd.ground.risks or ()
    return [
        Block(
            code="bodies",
            title=say("Standing meetings and committees"),
            named=say("Kind"),
            columns=(
                Column(key="partnerships", name=say("Partnerships that have one")),
                Column(key="bodies", name=say("How many")),
                Column(key="met", name=say("Meetings held")),
                Column(key="planned", name=say("Meetings their rhythm asks for")),
            ),
            lines=tuple(
                Line(
                    key=one.kind,
                    name=one.kind,
                    cells=(
                        one.partnerships,
                        one.bodies,
                        one.met,
                        "" if one.planned is None else one.planned,
                    ),
                )
                for one in bodies
            ),
            nothing=NOT_COLLECTED,
        ),
        Block(
            code="risks",
            title=say("Partnerships at risk"),
            named=say("Sign"),
            columns=(Column(key="partnerships", name=say("Partnerships")),),
            lines=tuple(
                Line(key=one.sign, name=one.sign, cells=(one.partnerships,)) for one in risks
            ),
            note=say(
                "Of %(all)s partnerships. One may show several signs.",
                all=crowd.ground.partnerships,
            )
            if risks
            else "",
            nothing=NOT_COLLECTED
            if crowd.ground.risks is None
            else say("No partnership shows a sign of risk."),
        ),
    ]
