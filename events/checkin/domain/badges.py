"""What stands on a badge, and in which order badges come out of the printer."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto
from uuid import UUID

from consortium.directory.domain.search import folded
from consortium.words import Sentence, say


class Paper(StrEnum):
    """What the badges are printed on."""

    EIGHT = auto()
    SINGLE = auto()


PAPER_WORDS: dict[Paper, Sentence] = {
    Paper.EIGHT: say("Letter paper, eight badges on a page (like Avery 5395)"),
    Paper.SINGLE: say("Cards of 4 by 3 inches, one badge on each"),
}


@dataclass(frozen=True, kw_only=True)
class Face:
    """What one badge says."""

    badge_id: UUID
    code: str
    name: str
    role: str
    lea: str

    @property
    def digest(self) -> str:
        """What tells whether the badge would say something else now."""
        said = f"{self.code}\n{self.name}\n{self.role}\n{self.lea}"
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def spaced(self) -> str:
        """The code as people read it aloud: in two halves."""
        half = len(self.code) // 2
        return f"{self.code[:half]} {self.code[half:]}"


def in_order(faces: Iterable[Face]) -> list[Face]:
    """Return badges as a table lays them out: by LEA, then by name."""
    return sorted(
        faces, key=lambda face: (folded(face.lea), face.lea, folded(face.name), face.code)
    )
