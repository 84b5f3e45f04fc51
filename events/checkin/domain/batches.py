"""What a desk sends: read strictly, so that nothing else can be in it."""

import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from consortium.errors import Refusal
from consortium.words import say
from events.checkin.domain.scans import LONGEST_CODE, Clocks, Way, clean_code
from events.checkin.domain.stays import Direction

MOST_SCANS = 200
"""In one batch; a desk sends the rest in the next."""
MOST_CHARACTERS = 200_000
LATEST = 7_000_000_000_000
"""In the year 2191. A tablet whose battery was empty believes that it is 1970."""
HIDDEN = frozenset({"Cc", "Cs", "Cf", "Zl", "Zp"})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Millis = Annotated[int, Field(strict=True, ge=0, le=LATEST)]
"""Milliseconds since 1970, as browsers count."""


def _one_line(text: str) -> str:
    """Leave hidden characters out: for a desk's odd name no scan may get stuck."""
    return "".join(c for c in text if unicodedata.category(c) not in HIDDEN).strip()


Line = Annotated[str, StringConstraints(max_length=80), AfterValidator(_one_line)]


class NotABatch(Refusal):
    """What came is not what a desk sends."""


class Part(BaseModel):
    """A part of what a desk sends; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SaidScan(Part):
    """One scan, as a desk tells it."""

    id: Key
    code: Annotated[str, StringConstraints(max_length=LONGEST_CODE)]
    at: Millis
    direction: Direction = Direction.IN
    session: UUID | None = None
    way: Literal[Way.BADGE, Way.NAME] = Way.BADGE

    @property
    def clean(self) -> str:
        """The code as it is stored."""
        return clean_code(self.code)

    @property
    def device_at(self) -> datetime:
        """When it was, by the desk's clock."""
        return moment(self.at)


class SaidUndo(Part):
    """That a scan was a mistake, as a desk tells it."""

    id: Key
    scan: Key


class Batch(Part):
    """Everything that waited at a desk, or as much as goes at once."""

    desk: Line = ""
    sent_at: Millis
    scans: Annotated[tuple[SaidScan, ...], Field(max_length=MOST_SCANS)] = ()
    undo: Annotated[tuple[SaidUndo, ...], Field(max_length=MOST_SCANS)] = ()

    def clocks(self, received_at: datetime) -> Clocks:
        """Return what the clocks said when it came."""
        return Clocks(sent_at=moment(self.sent_at), received_at=received_at)


def moment(millis: int) -> datetime:
    """Return the moment that a browser counts so."""
    return EPOCH + timedelta(milliseconds=millis)


def millis(at: datetime) -> int:
    """Return a moment as browsers count it."""
    return (at - EPOCH) // timedelta(milliseconds=1)


def read_batch(text: str) -> Batch:
    """Return what a desk sent. Raises ``NotABatch`` for anything else."""
    if len(text) > MOST_CHARACTERS:
        raise NotABatch(say("That is more than a desk sends at once."))
    try:
        return Batch.model_validate_json(text)
    except (ValidationError, ValueError, RecursionError) as error:
        raise NotABatch(say("This is not what a desk sends. Reload the desk's page.")) from error
