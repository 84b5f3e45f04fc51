"""What a programme's short names mean, as people say it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_date, format_interval, format_time

from consortium.directory.domain.states import STATES
from consortium.people.domain import SIDE_WORDS
from consortium.words import Sentence, say
from events.institutes.domain import Due, Gate, RoleRule, Strength, TeamTerms

FOREIGN = "foreign:"
SIDES = SIDE_WORDS

KINDS: Mapping[str, Sentence] = {
    "institute": say("Institute"),
    "workshop": say("Workshop"),
    "conference": say("Conference"),
    "retreat": say("Retreat"),
    "cohort": say("Learning cohort"),
    "symposium": say("Symposium"),
    "convening": say("Convening"),
    "summit": say("Summit"),
    "forum": say("Forum"),
    "training": say("Training"),
}
STRENGTHS: Mapping[Strength, Sentence] = {
    Strength.REQUIRED: say("Required"),
    Strength.EXPECTED: say("Expected"),
    Strength.IDEAL: say("Ideal"),
    Strength.IF_APPLICABLE: say("If the LEA has this office"),
    Strength.ENCOURAGED: say("Encouraged"),
    Strength.INVITED: say("Invited"),
    Strength.OPTIONAL: say("Optional"),
    Strength.EXTRA_FEE: say("Optional, at an extra fee"),
    Strength.NOT_ADMITTED: say("Not admitted"),
}
GATES: Mapping[Gate, Sentence] = {
    Gate.STRICT: say("A team can register once it has every role marked “Required”."),
    Gate.IDEAL: say(
        "A team can register before all roles are filled. It counts as incomplete until they are."
    ),
    Gate.OPEN: say("No role is checked: come with whom you like."),
}
UNITS: Mapping[str, Sentence] = {
    "district": say("School districts"),
    "county_office_of_education": say("County offices of education"),
    "regional_high_school": say("Regional high school districts"),
    "county_special_services": say("County special services districts"),
    "county_technical": say("County technical school districts"),
    "charter_school": say("Charter schools"),
    "charter": say("Charter schools"),
    "school_site": say("School sites"),
    "supervisory_union": say("Supervisory unions"),
    "supervisory_district": say("Supervisory districts"),
    "regional_school_unit": say("Regional school units"),
    "state_team": say("State teams"),
    "state": say("State teams"),
    "individual": say("Individuals"),
}
PAYMENTS: Mapping[str, Sentence] = {
    "card": say("Card"),
    "purchase_order": say("Purchase order"),
    "check": say("Check"),
    "ach": say("Bank transfer (ACH)"),
    "internal_transfer": say("Internal transfer"),
    "none": say("Nothing to pay"),
}
PLACES: Mapping[str, Sentence] = {
    "people": say("People"),
    "teams": say("Teams"),
    "visitor_seats": say("Seats for visitors"),
    "guest_seats": say("Seats for guest states"),
}
NEWCOMERS: Mapping[str, Sentence] = {
    "new_district": say("new districts"),
    "new_member": say("new members of teams"),
}
PARTS: Mapping[str, Sentence] = {
    "co-host_payer": say("co-host, pays a share"),
    "sponsor_funder": say("sponsor and funder"),
}


def in_words(code: str, known: Mapping[str, Sentence]) -> str:
    """Return what people say for a short name; a host's own name is shown as it reads."""
    said = known.get(code)
    return said if said is not None else plain(code)


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def place_in_words(code: str) -> str:
    """Return what a kind of place is called: ``day:2017-06-19`` is “Mon, Jun 19, 2017”."""
    kind, _, name = code.partition(":")
    if kind == "day" and name:
        return day_in_words(date.fromisoformat(name))
    if kind == "strand" and name:
        return say("Strand: %(name)s", name=plain(name.replace("-", "_")))
    return in_words(code, PLACES)


def newcomers(flags: Iterable[str]) -> str:
    """Return whom a day or a session for newcomers is for."""
    return joined(in_words(flag, NEWCOMERS) for flag in flags)


def plain(code: str) -> str:
    """Return a short name as it reads: ``hotel_guarantee`` is “Hotel guarantee”."""
    return capital(code.replace("_", " ").strip())


def part_in_words(role: str) -> str:
    """Return a host's part in the institute: ``fiscal_agent`` is “fiscal agent”."""
    said = PARTS.get(role)
    return said if said is not None else role.replace("_", " ")


def own_words(gate: str) -> str:
    """Return what the host says of the gate, where that is a sentence and not a short name."""
    return gate if " " in gate else ""


def how_many(role: RoleRule) -> Sentence:
    """Return how many people of a role a team may bring."""
    if role.max is None:
        return say("any number") if role.min == 0 else say("%(min)s or more", min=role.min)
    if role.max == 0:
        return say("none")
    if role.min == role.max:
        return say("%(n)s", n=role.max)
    if role.min == 0:
        return say("up to %(max)s", max=role.max)
    return say("%(min)s to %(max)s", min=role.min, max=role.max)


def team_size(terms: TeamTerms) -> Sentence:
    """Return how many people a team has."""
    if terms.max_people == 1:
        return say("one person")
    if terms.max_people is None:
        if terms.min_people <= 1:
            return say("any number of people")
        return say("%(min)s people or more", min=terms.min_people)
    if terms.min_people == terms.max_people:
        return say("%(n)s people", n=terms.max_people)
    return say("%(min)s to %(max)s people", min=terms.min_people, max=terms.max_people)


def states_in_words(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the names of states and countries, in the order of the alphabet."""
    territories = Locale("en").territories
    names = (
        territories.get(code.removeprefix(FOREIGN), code)
        if code.startswith(FOREIGN)
        else STATES.get(code, code)
        for code in codes
    )
    return tuple(sorted(str(name) for name in names))


def joined(words: Iterable[str]) -> str:
    """Write words in a row: a, b and c."""
    words = list(words)
    if len(words) < 2:  # noqa: PLR2004  (two words are what "and" needs)
        return "".join(words)
    return say("%(most)s and %(last)s", most=", ".join(words[:-1]), last=words[-1])


def day_in_words(day: date, locale: str = "en_US") -> str:
    """Return a day with its weekday: Tue, Jun 20, 2017."""
    return format_date(day, "EEE, MMM d, y", locale=locale)


def due_in_words(due: Due, locale: str = "en_US") -> str:
    """Return when a deadline is: Fri, May 26, 2017, 11:59 PM; the day alone if all of it counts."""
    day = day_in_words(due.on, locale)
    return day if due.at is None else f"{day}, {format_time(due.at, 'short', locale=locale)}"


def days_in_words(days: Iterable[date], locale: str = "en_US") -> str:
    """Return from when to when: June 19 – 21, 2017; empty when no day is set."""
    days = list(days)
    if not days:
        return ""
    return format_interval(min(days), max(days), "yMMMMd", locale=locale)


def dates_in_words(days: Iterable[date | None], *, is_cohort: bool, locale: str = "en_US") -> str:
    """Return from when to when, and on how many days where there are gaps between them.

    A day on which a cohort comes together is a meeting of it. ``None`` is a day not set yet;
    without any that is set the words are empty.
    """
    days = set(days)
    held = sorted(day for day in days if day)
    written = days_in_words(held, locale)
    if held and (held[-1] - held[0]).days >= len(held):
        written = (
            say("%(dates)s, %(n)s meetings", dates=written, n=len(held))
            if is_cohort
            else say("%(dates)s, %(n)s days", dates=written, n=len(held))
        )
    if held and None in days:
        return say("%(dates)s; more dates to be set", dates=written)
    return written


def when_told(
    days: Iterable[date | None], *, is_cohort: bool, today: date, locale: str = "en_US"
) -> str:
    """Return the line of a mail that says when to come; empty where no day is set.

    Of a cohort that is the next meeting ahead: its first may long be over. Of anything else, and
    of a cohort without a meeting ahead, the first and the last day.
    """
    held = sorted(day for day in days if day)
    ahead = [day for day in held if day >= today]
    if is_cohort and ahead:
        return say("Next meeting: %(day)s", day=format_date(ahead[0], "full", locale=locale))
    if not held:
        return ""
    first, last = (format_date(day, "full", locale=locale) for day in (held[0], held[-1]))
    if first == last:
        return say("When: %(day)s", day=first)
    return say("When: %(first)s to %(last)s", first=first, last=last)


def told(value: Any) -> str:
    """Write whatever a file holds as words in a row."""
    if isinstance(value, list):
        return ", ".join(told(inner) for inner in value)
    if isinstance(value, dict):
        return ", ".join(
            f"{name.replace('_', ' ')} {told(inner)}" for name, inner in sorted(value.items())
        )
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return "—" if value is None else str(value)
