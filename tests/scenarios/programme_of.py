"""The scenario files as institutes, and what their acceptance tests expect."""

import json
from pathlib import Path
from typing import Any

from consortium.database import transaction
from events.institutes.models import Institute
from events.programmes.domain import parse
from events.programmes.service import load_programme

PROGRAMMES = Path(__file__).parent / "programmes"
CALMI = "01_calmi_summer_institute_2017"
NEW_JERSEY = "02_nj_daylong_workshop_2024_with_delaware"
PAL = "04_abc_pal_and_west_coast_institute_2017"
CATALYST = "05_nea_catalyst_cohort_2027"
GREAT_LAKES = "07_illinois_cec_great_lakes_turn_2019"
RUTGERS = "08_nj_rutgers_yearlong_cohorts_2017_18"


def load(name: str) -> Institute:
    """Load a scenario's programme file the way a coordinator does."""
    content = (PROGRAMMES / f"{name}.json").read_bytes()
    with transaction():
        return load_programme(parse(content).programme, by="command:programme load")


def acceptance(name: str, test: str) -> dict[str, Any]:
    """Return one acceptance test of a scenario: clock, given, when, then."""
    file = json.loads((PROGRAMMES / f"{name}.json").read_text())
    found: dict[str, Any] = next(one for one in file["acceptance_tests"] if one["id"] == test)
    return found
