"""How a kiosk knows people, and what it calls them."""

from consortium.directory.domain.search import folded

LETTERS = 4
"""How many letters of the e-mail address, before the @, someone types beside the name."""
TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "rev", "hon", "sr", "sra"})


def first_name(name: str) -> str:
    """Return what to call someone: the first word that is no title; the whole name if all are."""
    return next((word for word in name.split() if folded(word) not in TITLES), name)


def same_person(name: str, letters: str, *, known_as: str, email: str) -> bool:
    """Tell whether what was typed is this person's name and the end of the address's local part.

    Marks and case do not matter, nor do middle names that were left out: first and last name do.
    """
    typed, known = folded(name).split(), folded(known_as).split()
    if not typed or not known or (typed[0], typed[-1]) != (known[0], known[-1]):
        return False
    wanted = _letters(email.rsplit("@", 1)[0])[-LETTERS:]
    return bool(wanted) and _letters(letters) == wanted


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
