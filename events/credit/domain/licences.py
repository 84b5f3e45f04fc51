"""Numbers by which a state knows its educators: what a well-written one is."""

import re

from consortium.words import Sentence, say
from events.credit.domain.rules import CreditRefused, Licence

_BETWEEN = re.compile(r"[\s.\-]+")


def read_licence(text: str, licence: Licence) -> str:
    """Return the number as it is kept, without spaces and dashes. Raises ``CreditRefused``."""
    number = _BETWEEN.sub("", text).upper()
    kind = r"[0-9A-Z]" if licence.letters else r"[0-9]"
    if not re.fullmatch(f"{kind}{{{licence.least},{licence.most}}}", number):
        raise CreditRefused(format_in_words(licence), field="number")
    return number


def format_in_words(licence: Licence) -> Sentence:
    """Return how the number is written."""
    what = say("letters and digits") if licence.letters else say("digits")
    if licence.least == licence.most:
        return say("The %(name)s has %(n)s %(what)s.", name=licence.name, n=licence.most, what=what)
    return say(
        "The %(name)s has %(least)s to %(most)s %(what)s.",
        name=licence.name,
        least=licence.least,
        most=licence.most,
        what=what,
    )
