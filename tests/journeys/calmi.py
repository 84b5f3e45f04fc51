"""What the Californian journey takes as given: a consortium, three LEAs, two teams of names."""

import json
from pathlib import Path
from typing import Any

from consortium.database import transaction
from consortium.directory import service as directory
from consortium.directory.domain import LeaRecord
from consortium.tenants import service as tenants
from consortium.tenants.domain.consortia import Charter

SLUG = "calmi"
COORDINATOR = "glen@calmi.example.org"
FILE = Path(__file__).parents[1] / "scenarios/programmes/01_calmi_summer_institute_2017.json"

# CA1: superintendent, 1 cabinet, 1 certificated, 1 classified, 1 board, 1 principal, 1 rep.
MISSION_VALLEY = """Name\tE-mail\tRole
Cora Cabinet\tcora@missionvalley.example.org\tcabinet
Tess Teacher-Leader\ttess@missionvalley.example.org\tcert_union_leader
Clay Classified\tclay@missionvalley.example.org\tclass_union_leader
Bea Board\tbea@missionvalley.example.org\tboard_member
Pat Principal\tpat@missionvalley.example.org\tsite_leader
Rene Rep\trene@missionvalley.example.org\tsite_leader"""
# CA4: six people, no classified leader.
BAY_HARBOR = """Corinne Cabinet, corinne@bayharbor.example.org, cabinet
Ted Union, ted@bayharbor.example.org, cert_union_leader
Beth Board, beth@bayharbor.example.org, board_member
Paul Principal, paul@bayharbor.example.org, site_leader
Rita Rep, rita@bayharbor.example.org, site_leader"""


def found() -> None:
    """Found the consortium and list its LEAs."""
    with transaction():
        for number, name in enumerate(
            ("Mission Valley Unified", "Bay Harbor Unified", "Clay County")
        ):
            directory.add_lea(
                LeaRecord(
                    id=f"069900{number}", name=name, state="CA", city="San Diego", locale="11",
                    enrollment=20_000 + number, time_zone="America/Los_Angeles",
                )
            )  # fmt: skip
        tenants.found_consortium(
            Charter(
                name="California Labor Management Initiative",
                slug=SLUG,
                states=("CA",),
                reply_address="hello@calmi.example.org",
                time_zone="America/Los_Angeles",
                brand_colour="#7a1f3d",
            ),
            owner_email=COORDINATOR,
            owner_name="Glen Coordinator",
            by="journey",
        )


def sessions() -> dict[str, dict[str, Any]]:
    """Return the file's sessions by id."""
    scenario = json.loads(FILE.read_text())
    return {session["id"]: session for session in scenario["sessions"]}
