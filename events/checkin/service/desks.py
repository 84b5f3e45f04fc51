"""What a host chose for its doors: walk-ins, and how stays end that nobody saw end."""

from dataclasses import dataclass

from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Refusal
from consortium.words import say
from events.checkin.models import SETTINGS_MADE, CheckInSettings
from events.checkin.service.arriving import MeanwhileElsewhere
from events.checkin.service.attending import settings_of
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled


class CheckInRefused(Refusal):
    """Something about check-in that cannot be done."""


@dataclass(frozen=True, kw_only=True)
class Doors:
    """What a host chose."""

    walk_ins: bool = False
    until_day_end: bool = False


def doors_of(institute: Institute) -> Doors:
    """Return what the host chose; walk-ins come only where it says so."""
    row = settings_of(institute.id)
    if row is None:
        return Doors()
    return Doors(walk_ins=row.walk_ins, until_day_end=row.until_day_end)


def choose_doors(institute: Institute, wanted: Doors, *, by: str) -> None:
    """Write down what the host chooses. Raises ``MeanwhileElsewhere``."""
    refuse_cancelled(institute)
    before = doors_of(institute)
    row = settings_of(institute.id)
    if row is None:
        row = CheckInSettings(institute_id=institute.id)
        db.session.add(row)
    row.walk_ins, row.until_day_end = wanted.walk_ins, wanted.until_day_end
    with translating(SETTINGS_MADE, into=MeanwhileElsewhere()):
        db.session.flush()
    audit.record(
        "choose_doors",
        f"institute:{institute.id}",
        by=by,
        before={"walk_ins": before.walk_ins, "until_day_end": before.until_day_end},
        after={"walk_ins": wanted.walk_ins, "until_day_end": wanted.until_day_end},
    )


def check_walk_ins(institute: Institute) -> None:
    """Raise ``CheckInRefused`` where the host takes nobody who has no seat."""
    if not doors_of(institute).walk_ins:
        raise CheckInRefused(
            say(
                "This institute takes nobody at the door who has no seat. A coordinator can allow "
                "it in the settings of check-in."
            )
        )
