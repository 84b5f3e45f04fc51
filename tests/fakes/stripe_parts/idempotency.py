"""The same key gives the same answer, for 24 hours; other parameters under it are refused."""

from typing import Any

from tests.fakes.stripe_parts.errors import StripeFault
from tests.fakes.stripe_parts.state import DAY, Account

Answer = tuple[int, dict[str, Any]]


def remembered(account: Account, key: str, asked: Any, *, now: int) -> Answer | None:
    """Return what was answered under this key; raises Stripe's refusal of other parameters."""
    known = account.answers.get(key)
    if known is None or now - known["at"] >= DAY:
        return None
    if known["asked"] != asked:
        raise StripeFault(
            400,
            "Keys for idempotent requests can only be used with the same parameters they were "
            f"first used with. Try using a key other than '{key}' if you meant to execute a "
            "different request.",
            kind="idempotency_error",
        )
    return known["status"], known["answer"]


def remember(account: Account, key: str, asked: Any, answer: Answer, *, now: int) -> None:
    """Keep an answer, be it good or bad."""
    status, body = answer
    account.answers[key] = {"asked": asked, "status": status, "answer": body, "at": now}
