"""Who leads a team that a list brings: whom it says, or else the first person in it."""

from collections.abc import Sequence
from dataclasses import replace

from consortium.people.domain import SIDE_WORDS, Side
from consortium.words import say
from events.bulk.domain.columns import Key
from events.bulk.domain.lines import Effect, FileRow, TeamPlan
from events.bulk.domain.people import NO, YES, RowRefused, address
from events.institutes.domain import RoleRule, TeamTerms

SIDES = {side.value: side for side in Side} | {
    str(words).casefold(): side for side, words in SIDE_WORDS.items()
}


def side_meant(said: str, role_codes: Sequence[str], rules: Sequence[RoleRule] = ()) -> Side | None:
    """Return the side for which someone leads; ``None`` for who does not.

    A plain yes means the side of the person's role. Raises ``RowRefused``.
    """
    text = said.casefold()
    if text in NO:
        return None
    if text in YES:
        sides = {rule.code: rule.side for rule in rules}
        return next((sides[code] for code in role_codes if code in sides), Side.EITHER)
    if text not in SIDES:
        raise RowRefused(say("Leads: write labor or management, or leave it empty."))
    return SIDES[text]


def leads_in(plan: TeamPlan, rows: Sequence[FileRow], terms: TeamTerms) -> TeamPlan:
    """Return the plan of a new team with who leads it: one for each side at most."""
    said = {row.number: row for row in rows}
    leads: dict[Side, tuple[str, str]] = {}
    first: tuple[Side, tuple[str, str]] | None = None
    for line in plan.lines:
        row = said[line.number]
        if line.effect is Effect.REFUSED or not row.said(Key.EMAIL):
            continue
        codes = line.wanted.role_codes if line.wanted else ()
        email = line.wanted.email if line.wanted else address(row.said(Key.EMAIL))
        who = (email, row.said(Key.NAME))
        side = side_meant(row.said(Key.LEADS), codes, terms.roles)
        if side is not None and who not in leads.values():
            leads.setdefault(side, who)
        first = first or (side_meant("yes", codes, terms.roles) or Side.EITHER, who)
    if not leads and first:
        leads[first[0]] = first[1]
    if not leads:
        return plan
    (side, (email, name)), *more = leads.items()
    return replace(
        plan,
        lead_email=email,
        lead_name=name,
        lead_side=side.value,
        more_leads=tuple((email, name, side.value) for side, (email, name) in more),
    )
