"""Which facts a kept paper says, so that what shows them can be asked for each."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from consortium.words import dollars
from events.invoices.domain.paper_days import day_in_words

NOT_SAID = frozenset({"paper", "statement", "kind", "revision"})
WHERE_TO_PAY = frozenset({"payable_to", "remit_to"})
ASKS_FOR_MONEY = frozenset({"invoice", "quote"})


def facts(kept: dict[str, Any]) -> set[str]:
    """Return every text, day and amount of the paper as it must stand in its PDF and its page."""
    asks = kept["closing_cents"] > 0 if "statement" in kept else kept["kind"] in ASKS_FOR_MONEY
    return set(_facts(kept, NOT_SAID if asks else NOT_SAID | WHERE_TO_PAY))


def _facts(kept: dict[str, Any], left_out: frozenset[str]) -> Iterator[str]:
    for key, value in kept.items():
        if key in left_out or value is None:
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from _facts(one, left_out)
            elif key in {"charge_cents", "paid_cents"} and not one:
                continue
            else:
                yield _fact(key, one)


def _fact(key: str, value: Any) -> str:
    if key.endswith("cents"):
        return dollars(abs(value))
    if key == "on" or key.endswith("_on"):
        return day_in_words(date.fromisoformat(value))
    return str(value)
