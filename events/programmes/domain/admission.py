"""Read whom the institute admits."""

from typing import Any

from consortium.directory.domain.states import STATES
from consortium.words import Sentence, say
from events.institutes.domain import Admission
from events.institutes.domain.states import countries
from events.institutes.domain.wording import FOREIGN
from events.programmes.domain.faults import Findings, Place
from events.programmes.domain.parts import missing, read_object, warn_of_slips

EVERY_STATE = "all"
BY_REQUEST = "by_request"
_NO_TEXT = say("This must be text in quotation marks.")
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
    states = frozenset() if _every(home) else _states(home, (*place, "home"), findings)
    everywhere = _every(home) or _every(said.get("others"))
    by_request = said.get("by_request")
    if not isinstance(by_request, bool | None):
        findings.fault((*place, "by_request"), say("This must be true or false."))
    guests, on_request, note = _others(said, findings)
    return Admission(
        home=frozenset() if everywhere else states,
        everywhere=everywhere,
        excluded=_states(said.get("except"), (*place, "except"), findings),
        guests=guests,
        by_request=on_request or by_request is True,
        others_note=note,
    )


def _every(states: Any) -> bool:
    return isinstance(states, str) and states.lower() == EVERY_STATE


def _others(said: dict[str, Any], findings: Findings) -> tuple[frozenset[str], bool, str]:
    """Read who else may come: a list of states, or the host's own words.

    Words that speak of a request open the door on request; other words, an invitation for
    instance, are only shown.
    """
    place: Place = ("states_admitted", "others")
    others = said.get("others")
    note = "" if said.get("others_note") is None else said["others_note"]
    if not isinstance(note, str):
        findings.fault(("states_admitted", "others_note"), _NO_TEXT)
        note = ""
    if others is None or isinstance(others, list):
        return _states(others, place, findings), False, note
    if not isinstance(others, str):
        findings.fault(place, say('Write a list like ["DE"], or "by_request".'))
        return frozenset(), False, note
    if _every(others):
        return frozenset(), False, note
    if others.upper() in STATES or others.startswith(FOREIGN):
        return _states([others], place, findings), False, note
    words = [text for text in (others, note) if text not in {"", BY_REQUEST}]
    return frozenset(), "request" in others.lower(), " — ".join(words)


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
        return _NO_TEXT
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
