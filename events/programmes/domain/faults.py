"""What is wrong with a programme file, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from json import dumps

from consortium.errors import Refusal
from consortium.words import Sentence, say

Place = tuple[str | int, ...]
"""The way from the top of the file: names of objects, positions in lists."""

MOST_SHOWN = 2_000  # a page must still open


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing to mend, at one place of the file."""

    path: str
    """JSON path, e.g. ``$.sessions[3].end``."""
    sentence: str


class FaultyProgramme(Refusal):
    """The file cannot be loaded; every fault is listed."""

    def __init__(self, faults: Iterable[Fault], warnings: Iterable[Fault] = ()) -> None:
        every = tuple(faults)
        self.faults = every[:MOST_SHOWN]
        self.warnings = tuple(warnings)[:MOST_SHOWN]
        super().__init__(_how_many(len(every)), field="file")


def _how_many(n: int) -> Sentence:
    if n == 1:
        return say("The programme file has a fault. Nothing was loaded.")
    if n > MOST_SHOWN:
        return say(
            "The programme file has %(n)s faults; these are the first %(shown)s. Nothing was "
            "loaded.",
            n=f"{n:,}",
            shown=f"{MOST_SHOWN:,}",
        )
    return say("The programme file has %(n)s faults. Nothing was loaded.", n=f"{n:,}")


class Findings:
    """Collects faults and warnings while a file is read.

    ``wrapped`` are the places whose value stood inside ``{"value": …}``: paths lead into it.
    ``origin`` leads from places of a translated file to those of the one that people gave.
    """

    def __init__(
        self,
        wrapped: frozenset[Place] = frozenset(),
        origin: Mapping[Place, Place] | None = None,
    ) -> None:
        self._wrapped = wrapped
        self._origin = origin or {}
        self._places: set[Place] = set()
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []

    def fault(self, place: Place, sentence: str) -> None:
        """Note something that must be mended before the file can be loaded."""
        self._places.add(place)
        self.faults.append(Fault(path=self._path(place), sentence=sentence))

    def warn(self, place: Place, sentence: str) -> None:
        """Note something that is probably not meant."""
        self.warnings.append(Fault(path=self._path(place), sentence=sentence))

    def is_faulty(self, part: str, field: str) -> bool:
        """Tell whether this field of one of the part's items must be mended."""
        return any(
            place[0] == part and place[-1] in {part, field} for place in self._places if place
        )

    def stop_if_faulty(self) -> None:
        """Raise ``FaultyProgramme`` when anything must be mended."""
        if self.faults:
            raise FaultyProgramme(self.faults, self.warnings)

    def _path(self, place: Place) -> str:
        for depth in range(len(place), 0, -1):
            if place[:depth] in self._origin:
                place = (*self._origin[place[:depth]], *place[depth:])
                break
        path = "$"
        for depth, step in enumerate(place, start=1):
            path += _step(step)
            if place[:depth] in self._wrapped:
                path += ".value"
        return path


def path_of(place: Place) -> str:
    """Write a place as a JSON path."""
    return "$" + "".join(_step(step) for step in place)


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if step.isidentifier() and step.isascii() else f"[{dumps(step)}]"


def listed(words: Iterable[str]) -> str:
    """Write words for the end of a sentence: ``a, b or c``."""
    words = list(words)
    if len(words) < 2:  # noqa: PLR2004  (one word needs no "or")
        return "".join(words)
    return say("%(most)s or %(last)s", most=", ".join(words[:-1]), last=words[-1])


def near(word: str, known: Iterable[str], *, likeness: float = 0.75) -> str | None:
    """Return the known word that ``word`` is probably a slip of the pen for."""
    by_lower = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), list(by_lower), n=1, cutoff=likeness)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], *, else_say: Sentence | None = None) -> Sentence:
    """Return a question that names the likeliest word, or else the words there are."""
    known = list(known)
    guess = near(word, known, likeness=0.6)
    if guess is not None:
        return say("Did you mean “%(guess)s”?", guess=guess)
    return else_say or say("Write %(known)s.", known=listed(known))
