"""Read a part of the file by its shape; say each misfit in a sentence at its place."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from consortium.words import Sentence, say
from events.programmes.domain.faults import Findings, Place, did_you_mean, near
from events.programmes.domain.shape import Shape

Part = TypeVar("Part", bound=Shape)
Value = TypeVar("Value")

MOST_SESSIONS = 2_000
MOST_NAMED = 5_000  # rooms or presenters: a few for each session
MOST_ITEMS = 300  # of every other part; people fill them in on one page
_HINTS: Mapping[str, Sentence] = {
    "title": say("Write what people call it."),
    "timezone": say("Write the zone of the place, like America/Chicago."),
    "days": say('Write a list like [{"date": "2027-06-22", "label": "Day 1"}].'),
    "date": say("Write it like 2017-06-20."),
    "at": say("Write it like 2017-06-20T17:00, or only the date."),
    "start": say("Write it like 2017-06-20T09:00."),
    "end": say("Write it like 2017-06-20T10:15."),
    "until": say("Write it like 2017-06-20T17:00."),
    "choice_group": say("Write the one that its sessions have."),
    "id": say("Give it a short name of its own, like d1-welcome."),
    "code": say("Give it a short name of its own, like board_member."),
    "side": say("Write labor, management, governance, community, either or other."),
    "strength": say("Write required, expected, ideal, if_applicable, encouraged or optional."),
    "home": say('Write a list like ["NJ"], or "all".'),
    "label": say("Write what people call it."),
    "name": say("Write its name."),
}


def missing(name: str) -> Sentence:
    """Return what to say where a field is left out."""
    return say("“%(name)s” is missing. %(hint)s", name=name, hint=_HINTS.get(name, ""))


def read(adapter: TypeAdapter[Value], raw: Any, place: Place, findings: Findings) -> Value | None:
    """Return the value if it fits, else note why not."""
    try:
        return adapter.validate_python(raw)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            findings.fault((*place, *detail["loc"]), _sentence(detail))
    return None


def read_part(shape: type[Part], raw: Any, place: Place, findings: Findings) -> Part | None:
    """Return the object; note every misfit, and warn of names that look mistyped.

    A field that is ``null`` is a field that is not there, but for the one that may wait. A misfit
    is noted and left out, so that what the other fields say can still be checked; a programme with
    faults is never loaded.
    """
    if not isinstance(raw, dict):
        findings.fault(place, _SENTENCES["model_type"])
        return None
    known = shape.model_fields
    warn_of_slips(raw, known, place, findings)
    raw = {
        name: value
        for name, value in raw.items()
        if value is not None or name not in known or name == shape.waits
    }
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        misfits = {str(detail["loc"][0]) for detail in error.errors(include_url=False)}
        for detail in error.errors(include_url=False):
            at = (*place, *detail["loc"])
            said = detail["type"] == "missing"
            findings.fault(at, missing(str(at[-1])) if said else _sentence(detail))
    if misfits & shape.together:
        misfits |= shape.together
    fits = {name: value for name, value in raw.items() if name not in misfits}
    stand_ins = {name: shape.stand_in(name, place) for name in misfits & shape.needed()}
    return shape.model_validate({**fits, **stand_ins})


def read_parts(
    shape: type[Part],
    raw: Any,
    place: Place,
    findings: Findings,
    *,
    most: int = MOST_ITEMS,
) -> Iterator[tuple[Place, Part]]:
    """Return the objects of a list that fit, each with its place; note every misfit."""
    if raw is None:
        return
    if not isinstance(raw, list):
        findings.fault(place, say("This must be a list in [ ]."))
        return
    if len(raw) > most:
        findings.fault(
            place,
            say("This list is too long: %(most)s is the most.", most=f"{most:,}"),
        )
        return
    for position, item in enumerate(raw):
        part = read_part(shape, item, (*place, position), findings)
        if part is not None:
            yield (*place, position), part


def read_object(raw: Any, place: Place, findings: Findings) -> dict[str, Any] | None:
    """Return the object, or note that there is something else."""
    if raw is None or isinstance(raw, dict):
        return raw
    findings.fault(place, say("This must be an object in { }."))
    return None


def warn_of_slips(
    raw: Mapping[str, Any], known: Mapping[str, Any], place: Place, findings: Findings
) -> None:
    """Warn of names nobody reads that look like one that is read."""
    for name in raw:
        guess = None if name in known else near(name, known)
        if guess is not None and guess not in raw:
            findings.warn(
                (*place, name),
                say(
                    "“%(name)s” is kept, but nothing reads it. Did you mean “%(guess)s”?",
                    name=name[:40],
                    guess=guess,
                ),
            )


def _sentence(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "enum":
        return _choice(detail["input"], str(context["expected"]))
    if kind in _SENTENCES:
        numbers = {name: f"{n:,}" for name, n in context.items() if isinstance(n, int)}
        return say(_SENTENCES[kind], **numbers)
    return detail["msg"]


def _choice(given: Any, expected: str) -> Sentence:
    words = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    if not isinstance(given, str):
        return say("This must be text in quotation marks. %(hint)s", hint=did_you_mean("", words))
    return say(
        "“%(given)s” is not known here. %(hint)s",
        given=given[:40],
        hint=did_you_mean(given, words),
    )


_SENTENCES: Mapping[str, str] = {
    "string_type": say("This must be text in quotation marks."),
    "int_type": say("This must be a whole number, without quotation marks."),
    "bool_type": say("This must be true or false, without quotation marks."),
    "list_type": say("This must be a list in [ ]."),
    "model_type": say("This must be an object in { }."),
    "dict_type": say("This must be an object in { }."),
    "string_too_long": say("This text is too long: use at most %(max_length)s characters."),
    "string_too_short": say("This is empty. Write something, or take the line out."),
    "string_pattern_mismatch": say(
        "Use small letters, digits and single hyphens, like summer-institute-2027."
    ),
    "extra_forbidden": say("Nothing reads this name. Take it out."),
    "too_long": say("This list is too long: %(max_length)s is the most."),
    "greater_than_equal": say("This number must be %(ge)s or more."),
    "less_than_equal": say("This number must be %(le)s or less."),
}
