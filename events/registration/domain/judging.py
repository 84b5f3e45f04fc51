"""Judge a team by an institute's terms."""

from collections.abc import Iterable, Mapping

from consortium.people.domain import Side
from consortium.words import Sentence, say
from events.institutes.domain import Gate, RoleRule, Strength, TeamTerms
from events.registration.domain.composition import (
    COUNTS,
    Line,
    LineState,
    Member,
    TeamDraft,
    Verdict,
)
from events.registration.domain.wording import all_of

NEAR_A_MAJORITY = 2
"""Most boards have five or seven members, some three: from two on the host's warning is due."""
Standing = tuple[LineState, Sentence]


def judge(team: TeamDraft, terms: TeamTerms, answers: Mapping[str, bool]) -> Verdict:
    """Return how the team stands against the institute's terms.

    ``answers`` says for each office that not every LEA has whether this LEA has it.
    """
    is_open = terms.gate is Gate.OPEN
    rules = [rule for rule in terms.roles if not rule.for_visitors]
    lines = [_line(rule, team, answers, is_open=is_open) for rule in rules]
    lines += _unknown_roles(team, {rule.code for rule in rules})
    size = too_few(len(team.members), terms) or _too_large(team, terms)
    settled = size is None and not any(line.unsettled for line in lines)
    return Verdict(
        complete=None if is_open else settled,
        missing=tuple(line.code for line in lines if line.state is LineState.MISSING),
        lines=tuple(lines),
        people=len(team.members),
        sides=_sides(team.members, rules),
        size=size,
        refusals=tuple(_refusals(lines, team, terms, size)),
    )


def too_few(people: int, terms: TeamTerms) -> Sentence | None:
    """Say what is wrong with a team of so few people, if anything."""
    if people >= terms.min_people:
        return None
    return say(
        "A team has at least %(min)s people; %(people)s are named.",
        min=terms.min_people,
        people=people,
    )


def too_many(people: int, terms: TeamTerms) -> Sentence | None:
    """Say what is wrong with a team of so many people, if anything."""
    if terms.max_people is None or people <= terms.max_people:
        return None
    return say(
        "A team has at most %(max)s people; %(people)s are named.",
        max=terms.max_people,
        people=people,
    )


def _too_large(team: TeamDraft, terms: TeamTerms) -> Sentence | None:
    return too_many(len(team.members) + team.kept, terms)


def _line(rule: RoleRule, team: TeamDraft, answers: Mapping[str, bool], *, is_open: bool) -> Line:
    people = tuple(member.name for member in team.members if rule.code in member.role_codes)
    wanted = 0 if is_open else _wanted(rule, answers)
    state, why = _standing(rule, team, people, answers, wanted)
    return Line(
        code=rule.code,
        label=rule.label,
        side=rule.side,
        min=wanted,
        max=rule.max,
        people=people,
        state=state,
        why=why,
        strength=rule.strength,
        waiver=rule.waiver,
        warning=rule.warning if len(people) >= NEAR_A_MAJORITY else "",
    )


def _wanted(rule: RoleRule, answers: Mapping[str, bool]) -> int:
    if rule.strength is Strength.IF_APPLICABLE:
        return 0 if answers.get(rule.code) is False else max(1, rule.min)
    return rule.min if rule.strength in COUNTS else 0


def _standing(
    rule: RoleRule,
    team: TeamDraft,
    people: tuple[str, ...],
    answers: Mapping[str, bool],
    wanted: int,
) -> Standing:
    return (
        _shut_out(rule, team, people)
        or _filled(rule, people, wanted)
        or _excused(rule, team, answers)
        or _lacking(rule, people, answers, wanted)
    )


def _shut_out(rule: RoleRule, team: TeamDraft, people: tuple[str, ...]) -> Standing | None:
    barred = rule.strength is Strength.NOT_ADMITTED
    if people and barred:
        return LineState.NOT_ADMITTED, say(
            "%(names)s: people in this role are not invited.", names=all_of(people)
        )
    if barred or not rule.applies_in(team.state):
        return LineState.NOT_APPLICABLE, say("Not asked of your team.")
    return None


def _filled(rule: RoleRule, people: tuple[str, ...], wanted: int) -> Standing | None:
    if rule.max is not None and len(people) > rule.max:
        return LineState.TOO_MANY, say(
            "%(named)s people are named, at most %(max)s may come in this role.",
            named=len(people),
            max=rule.max,
        )
    if people and len(people) >= wanted:
        return LineState.FILLED, say("Named: %(names)s.", names=all_of(people))
    return None


def _excused(rule: RoleRule, team: TeamDraft, answers: Mapping[str, bool]) -> Standing | None:
    if rule.code in team.waivers:
        return LineState.WAIVED, say("Excused: %(reason)s.", reason=team.waivers[rule.code])
    if rule.strength is Strength.IF_APPLICABLE and answers.get(rule.code) is False:
        return LineState.WAIVED, say("Your LEA has no such office.")
    return None


def _lacking(
    rule: RoleRule, people: tuple[str, ...], answers: Mapping[str, bool], wanted: int
) -> Standing:
    if wanted == 0:
        return LineState.WELCOME, _welcome(rule)
    if rule.strength is Strength.IF_APPLICABLE and rule.code not in answers:
        return LineState.TO_BE_ASKED, say("Tell us whether your LEA has this office.")
    return LineState.MISSING, _missing(people, wanted)


def _missing(people: tuple[str, ...], wanted: int) -> Sentence:
    if people:
        return say(
            "%(named)s of at least %(min)s named so far: %(names)s.",
            named=len(people),
            min=wanted,
            names=all_of(people),
        )
    return say("Nobody is named yet; at least %(min)s should come.", min=wanted)


def _welcome(rule: RoleRule) -> Sentence:
    if rule.strength is Strength.IDEAL:
        return say("Ideally someone comes in this role. Your team can do without.")
    if rule.strength is Strength.EXTRA_FEE:
        return say("Nobody is named. People in this role may come; an extra fee can apply.")
    return say("Nobody is named. People in this role are welcome, not required.")


def _unknown_roles(team: TeamDraft, known: set[str]) -> list[Line]:
    """Return lines for roles that members hold and the institute no longer has."""
    strange: dict[str, list[str]] = {}
    for member in team.members:
        for code in member.role_codes:
            if code not in known:
                strange.setdefault(code, []).append(member.name)
    return [
        Line(
            code=code,
            label=code.replace("_", " ").capitalize(),
            side=Side.OTHER,
            min=0,
            max=0,
            people=tuple(names),
            state=LineState.NOT_ADMITTED,
            why=say(
                "%(names)s: this institute has no such role. Choose another one.",
                names=all_of(names),
            ),
            strength=Strength.NOT_ADMITTED,
        )
        for code, names in strange.items()
    ]


def _sides(members: Iterable[Member], rules: Iterable[RoleRule]) -> tuple[tuple[Side, int], ...]:
    side_of = {rule.code: rule.side for rule in rules}
    sides = [side_of.get(member.role_codes[0], Side.OTHER) for member in members]
    return tuple((side, sides.count(side)) for side in Side if side in sides)


def _refusals(
    lines: Iterable[Line], team: TeamDraft, terms: TeamTerms, size: Sentence | None
) -> Iterable[Sentence]:
    if not team.members:
        yield say("Name at least one person first.")
        return
    large = _too_large(team, terms)
    if size is not None and (large or terms.gate is Gate.STRICT):
        yield size
    for line in lines:
        barred = line.state is LineState.NOT_ADMITTED
        if barred or (terms.gate is Gate.STRICT and line.blocks):
            yield say("%(role)s: %(why)s", role=line.label, why=line.why)
