"""Sentences that the rules say: plain text here, translated where a page shows them.

Domain modules know no Flask and no language. They write ``say("Only %(seats)s seats are left.",
seats=3)``; the result is an ordinary English ``str`` that remembers its template, and the pages'
``finalize`` hook looks the template up in the reader's language.
"""

from collections.abc import Callable
from typing import Any, Self


class Sentence(str):
    """An English sentence that can be said in another language later."""

    __slots__ = ("template", "values")

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, values: dict[str, Any]) -> Self:
        """Fill the template; the string itself is the English sentence."""
        self = super().__new__(cls, template % values if values else template)
        self.template = template
        self.values = values
        return self

    def __getnewargs__(self) -> tuple[str, dict[str, Any]]:  # type: ignore[override]
        return self.template, self.values


def say(template: str, /, **values: Any) -> Sentence:
    """Return the sentence; ``%(name)s`` places are filled with ``values``."""
    return Sentence(template, values)


def translated(text: str, gettext: Callable[[str], str]) -> str:
    """Return ``text`` in the language of ``gettext``, its values translated too."""
    if not isinstance(text, Sentence):
        return text
    values = {
        name: translated(value, gettext) if isinstance(value, str) else value
        for name, value in text.values.items()
    }
    template = gettext(text.template)
    return template % values if values else template


def dollars(cents: int) -> str:
    """Write cents as dollars: $150.00."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def as_sentence(text: str) -> str:
    """Return what someone typed with the full stop that people leave out, to stand in a text."""
    said = text.strip()
    return said if said.endswith((".", "!", "?")) else f"{said}."
