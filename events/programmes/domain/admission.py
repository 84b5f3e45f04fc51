"""Read whom the institute admits."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from babel import Locale

from consortium.directory.domain.states import STATES
from consortium.words import Sentence, say
from events.institutes.domain import Admission
from events.programmes.domain.faults import Findings, Place
from events.programmes.domain.parts import missing, read_object, warn_of_slips

EVERY_STATE = "all"
BY_REQUEST = "by_request"
FOREIGN = "foreign:"
_KNOWN = dict.fromkeys(("home", "others", "except", "by_request", "others_note"))


def read_admission(raw: Any, findings: Findings) -> Admission | None:
    """Return whom the file admits; ``None`` when it does not say."""
    place: Place = ("states_admitted",)
    said = read_object(raw, place, findings)
    if said is None:
        return None
    warn_of_slips(said, _KNOWN, place, findings)
    home = said.get("home")
    if home is None:
        findings.fault((*place, "home"), missing("home"))
    everywhere = isinstance(home, str) and home.strip().lower() == EVERY_STATE
    guests, by_request, note = _others(said, findings)
    return Admission(
        home=frozenset() if everywhere else _states(home, (*place, "home"), findings),
        everywhere=everywhere,
        excluded=_states(said.get("except"), (*place, "except"), findings),
        guests=guests,
        by_request=by_request or said.get("by_request") is True,
        others_note=note,
    )


def _others(said: dict[str, Any], findings: Findings) -> tuple[frozenset[str], bool, str]:
    """Read who else may come: a list of states, or the host's own words.

    Words that speak of a request open the door on request; other words, an invitation for
    instance, are only shown.
    """
    others = said.get("others")
    note = said.get("others_note") or ""
    if not isinstance(note, str):
        findings.fault(
            ("states_admitted", "others_note"), say("This must be text in quotation marks.")
        )
        note = ""
    if others is None or isinstance(others, list):
        return _states(others, ("states_admitted", "others"), findings), False, note
    if not isinstance(others, str):
        findings.fault(
            ("states_admitted", "others"), say('Write a list like ["DE"], or "by_request".')
        )
        return frozenset(), False, note
    if others.upper() in STATES or others.startswith(FOREIGN):
        return _states([others], ("states_admitted", "others"), findings), False, note
    by_request = "request" in others.lower()
    return frozenset(), by_request, note if others == BY_REQUEST else others


def _states(raw: Any, place: Place, findings: Findings) -> frozenset[str]:
    if raw is None:
        return frozenset()
    if isinstance(raw, str):
        raw = [raw]
    if not isinstance(raw, list):
        findings.fault(place, say('Write a list of states, like ["NJ", "DE"].'))
        return frozenset()
    found = set()
    for position, code in enumerate(raw):
        wrong = state_fault(code)
        if wrong is not None:
            findings.fault((*place, position), wrong)
        else:
            found.add(code)
    return frozenset(found)


def state_fault(code: Any) -> Sentence | None:
    """Return what is wrong with a state's code, if anything is."""
    if not isinstance(code, str):
        return say("This must be text in quotation marks.")
    if code in STATES:
        return None
    if code.startswith(FOREIGN):
        if code.removeprefix(FOREIGN) in countries():
            return None
        return say(
            "“%(code)s” is no country. Write its two letters, like foreign:ZA.", code=code[:40]
        )
    by_name = {name.casefold(): known for known, name in STATES.items()}
    meant = by_name.get(code.casefold()) or (code.upper() if code.upper() in STATES else None)
    if meant is not None:
        return say("Write the state “%(code)s” as %(meant)s.", code=code, meant=meant)
    return say(
        "“%(code)s” is no state. Use its two letters, like NJ, or foreign:ZA for a country.",
        code=code[:40],
    )


@cache
def countries() -> frozenset[str]:
    """Return the two-letter codes of the world's countries (ISO 3166)."""
    territories: Iterable[str] = Locale("en").territories
    return frozenset(code for code in territories if len(code) == 2 and code.isalpha())  # noqa: PLR2004  (two letters)
