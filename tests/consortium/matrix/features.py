"""The features whose routes and acts stand in tables of their own."""

from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from tests.consortium.matrix import (
    of_agenda,
    of_asking,
    of_billing,
    of_books,
    of_cards,
    of_checkin,
    of_credit,
    of_deliverables,
    of_handover,
    of_intake,
    of_learning,
    of_materials,
    of_money,
    of_papers,
    of_peers,
    of_plans,
    of_proposals,
    of_ranking,
    of_reflections,
    of_reports,
    of_schedule,
    of_structures,
    of_surveys,
    of_talking,
    of_together,
)
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import Policy


class Feature(Protocol):
    """A module of this folder that knows the routes of one feature."""

    POLICIES: Mapping[str, Policy]
    ACTS: Mapping[str, Act]


FEATURES = cast(
    "Sequence[Feature]",
    (
        of_agenda,
        of_asking,
        of_billing,
        of_books,
        of_cards,
        of_checkin,
        of_credit,
        of_deliverables,
        of_handover,
        of_intake,
        of_learning,
        of_materials,
        of_money,
        of_papers,
        of_peers,
        of_plans,
        of_proposals,
        of_ranking,
        of_reflections,
        of_reports,
        of_schedule,
        of_talking,
        of_structures,
        of_surveys,
        of_together,
    ),
)
