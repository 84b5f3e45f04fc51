"""Where the pages of credit are mounted, and the words they share."""

from typing import Any

from flask import Blueprint

from consortium.words import as_sentence
from events.credit.domain.certificates import STANDING_WORDS
from events.credit.domain.counting import day_in_words, stay_in_words
from events.credit.domain.due import STAFF_WORDS
from events.credit.domain.keeping import day_in_full
from events.credit.domain.sentences import plan_in_words
from events.credit.service import plan_of
from events.institutes.models import Institute

bp = Blueprint("credit", __name__)
MANAGED = "/manage/institutes/<slug>"


def credit_in_words(institute: Institute) -> tuple[str, ...]:
    """Return what an institute's public page says about credit."""
    labels = {role.code: role.label for role in institute.roles}
    return plan_in_words(plan_of(institute), labels)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "stay_in_words": stay_in_words,
        "day_in_words": day_in_words,
        "day_in_full": day_in_full,
        "standing_words": STANDING_WORDS,
        "staff_words": STAFF_WORDS,
    }


bp.add_app_template_filter(as_sentence)


@bp.app_context_processor
def _everywhere() -> dict[str, Any]:
    return {"credit_in_words": credit_in_words}
