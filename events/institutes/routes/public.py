"""The consortium's front page and an institute's public page."""

from collections.abc import Iterable
from datetime import date

from flask import g, render_template
from flask.typing import ResponseReturnValue

from consortium.access import Permission, public
from events.institutes import service as institutes
from events.institutes.domain import wording
from events.institutes.domain.fees import fees_in_words
from events.institutes.domain.fees.examples import never_counted
from events.institutes.domain.further import further_topics
from events.institutes.domain.terms import read_terms
from events.institutes.domain.terms.sentences import told_to_teams
from events.institutes.domain.waiting import UNDATED
from events.institutes.models import Institute
from events.institutes.routes.blueprint import bp


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Show what the consortium is and what it holds."""
    return render_template("events/institutes/home.html", front=institutes.front_page())


@bp.get("/institutes/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show one institute; those who may edit see a draft as it will look."""
    may_edit = Permission.EDIT_INSTITUTES in g.permissions
    institute = institutes.get_by_slug(slug, drafts=may_edit)
    return render_template(
        "events/institutes/show.html",
        institute=institute,
        opening=institutes.opening_of(institute),
        fees=(
            *fees_in_words(institute.fees),
            *told_to_teams(read_terms(institute.payment_terms, institute.payment_methods)),
        ),
        topics=further_topics(institute.extras),
        undated=institute.extras.get(UNDATED, {}),
        team_sites=institute.extras.get("within", {}).get("team", {}).get("sites"),
    )


@bp.app_template_filter()
def institute_dates(institute: Institute, meetings: Iterable[date | None] = ()) -> str:
    """Write from when to when an institute is held, with the days of its cohort's meetings."""
    days = [*(day.on for day in institute.days), *meetings]
    return wording.dates_in_words(days, is_cohort=institute.is_cohort)


@bp.app_context_processor
def words() -> dict[str, object]:
    """Give pages the words for a programme's short names."""
    return {"wording": wording, "fee_lines": fees_in_words, "never_counted": never_counted}
