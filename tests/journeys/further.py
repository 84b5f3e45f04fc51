"""The visits that stand in modules of their own; a new feature adds its own here."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask import Flask

from tests.journeys import (
    both_sides,
    checking_in,
    crediting,
    handing_out,
    pairing,
    reporting,
    surveying,
    together,
)
from tests.journeys.asking import visits_of_asking
from tests.journeys.billing import visits_of_bills
from tests.journeys.booking import visits_of_books
from tests.journeys.both_sides import visits_of_both_sides
from tests.journeys.checking_in import visits_of_doors
from tests.journeys.choosing import visits_of_choices
from tests.journeys.crediting import visits_of_credit
from tests.journeys.handing_out import visits_of_papers
from tests.journeys.lasting import visits_of_what_lasts
from tests.journeys.learning import visits_of_the_year
from tests.journeys.pairing import visits_of_peers
from tests.journeys.paying import visits_of_payments
from tests.journeys.paying_by_card import visits_of_cards
from tests.journeys.planning import visits_of_programmes
from tests.journeys.reporting import visits_of_reports
from tests.journeys.surveying import visits_of_surveys
from tests.journeys.together import visits_together

FURTHER: Sequence[Callable[[Flask], Iterator[tuple[Any, ...]]]] = (
    visits_of_payments,
    visits_of_cards,
    visits_of_books,
    visits_of_bills,
    visits_of_choices,
    visits_of_papers,
    visits_of_doors,
    visits_of_credit,
    visits_of_programmes,
    visits_together,
    visits_of_peers,
    visits_of_asking,
    visits_of_the_year,
    visits_of_reports,
    visits_of_both_sides,
    visits_of_what_lasts,
    visits_of_surveys,
)
"""Each gives endpoint, address, who looks, and what the form is given, where it is sent."""
OTHER_FILES = frozenset[str]().union(
    handing_out.FILES,
    checking_in.FILES,
    checking_in.AT_KIOSKS,
    crediting.FILES,
    together.FILES,
    pairing.FILES,
    reporting.FILES,
    both_sides.FILES,
    {"handover.pdf", "handover.at_risk_file"},
    surveying.FILES,
)
"""Views of theirs that give something other than a page."""
