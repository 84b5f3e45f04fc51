"""What a payer reads of money that goes back, or went back."""

from collections.abc import Mapping

from consortium.words import Sentence, dollars, say
from events.payments.domain import RefundStatus, RefundWay

GOES: Mapping[RefundWay, Sentence] = {
    RefundWay.STRIPE: say(
        "%(sum)s goes back to the card or account it came from (%(payment)s). It may take some "
        "days until it shows there."
    ),
    RefundWay.CHECK: say("%(sum)s goes back to you by check (%(payment)s)."),
    RefundWay.MAIL_BACK: say(
        "%(payment)s for %(sum)s was not deposited. It is mailed back to you."
    ),
}
WENT: Mapping[RefundWay, Sentence] = {
    RefundWay.STRIPE: say("%(sum)s went back to the card or account it came from (%(payment)s)."),
    RefundWay.CHECK: say("%(sum)s went back to you by our check %(number)s (%(payment)s)."),
    RefundWay.MAIL_BACK: say("%(payment)s for %(sum)s was mailed back to you, not deposited."),
}


def back_in_words(
    way: RefundWay, status: RefundStatus, cents: int, *, payment: str, number: str = ""
) -> Sentence:
    """Say how much goes back and how; ``payment`` is what came: Check 1187, Card ending 4242."""
    words = WENT if status is RefundStatus.PAID else GOES
    return say(words[way].template, sum=dollars(cents), payment=payment, number=number)
