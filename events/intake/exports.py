"""Applications as files for spreadsheet programs."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from consortium.people.domain import SIDE_WORDS
from consortium.spreadsheets import Table
from events.intake.domain import (
    OUTCOMES,
    STATUS_WORDS,
    ApplicationLine,
    Ground,
    Mix,
    part_words,
    stratum_of,
    stratum_words,
)


def applications_table(lines: Iterable[ApplicationLine], mix: Mix, zone: ZoneInfo) -> Table:
    """Return the applications with what matters for choosing."""
    return Table(
        name="Applications",
        header=(
            *("LEA", "LEA id", "State", "Students", "Size", "Locale", "Kind", "History"),
            *("Status", "Seats wanted", "Sides signed", "Not eligible because"),
            *("Submitted at", "Taken late because", "Part of the mix", "Proposed", "Place"),
            *("By hand", "Letter sent"),
            *("Applicant", "E-mail"),
        ),
        rows=(_row(line, mix, zone) for line in lines),
    )


def _row(line: ApplicationLine, mix: Mix, zone: ZoneInfo) -> tuple[str | int, ...]:
    traits = line.traits
    submitted = line.submitted_at.astimezone(zone) if line.submitted_at else None
    return (
        line.name,
        line.lea_id,
        traits.state,
        "" if traits.enrollment is None else traits.enrollment,
        *(
            str(stratum_words(ground, stratum_of(traits, ground)))
            for ground in (Ground.SIZE, Ground.LOCALE, Ground.KIND, Ground.NEWNESS)
        ),
        STATUS_WORDS[line.status],
        line.seats_wanted,
        _listed([SIDE_WORDS[side] for side in sorted(line.signed)]),
        _listed(line.faults),
        submitted.strftime("%Y-%m-%d %H:%M") if submitted else "",
        line.late_reason,
        str(part_words(mix, line.stratum)) if line.stratum else "",
        OUTCOMES[line.proposed] if line.proposed else "",
        "" if line.rank is None else line.rank,
        "Yes" if line.by_hand else "",
        "Yes" if line.told else "",
        line.applicant,
        line.email,
    )


def _listed(words: Sequence[str]) -> str:
    return "; ".join(words)
