"""What teams are asked to hand in: asking, handing in, agreeing, reviewing, showing."""

from events.deliverables.service.agreeing import agree, settle
from events.deliverables.service.asking import (
    ask_teams,
    asked_at,
    change_asked,
    get_deliverable,
    institutes_asking,
    stop_asking,
)
from events.deliverables.service.forgetting import forget_old
from events.deliverables.service.gallery import (
    Hanging,
    gallery_at,
    get_hanging_file,
    has_gallery,
    hide,
    may_enter,
    show,
)
from events.deliverables.service.handing_in import check_room, hand_in, withdraw
from events.deliverables.service.of_team import (
    TeamPage,
    Version,
    asked_of_team,
    team_page,
)
from events.deliverables.service.papers import get_version
from events.deliverables.service.reminding import (
    deliverables_with_rules,
    remind_by_rule,
    remind_missing,
    to_remind,
)
from events.deliverables.service.reviewing import accept, ask_for_change
from events.deliverables.service.roll import Roll, RollLine, counted_files, roll_of, tallies_of
from events.deliverables.service.teams import Reader, get_team_of
from events.deliverables.service.templates import get_template_file, template_of, templates_at
from events.deliverables.service.zones import follow_zone, refuse_to_lose

__all__ = [
    "Hanging",
    "Reader",
    "Roll",
    "RollLine",
    "TeamPage",
    "Version",
    "accept",
    "agree",
    "ask_for_change",
    "ask_teams",
    "asked_at",
    "asked_of_team",
    "change_asked",
    "check_room",
    "counted_files",
    "deliverables_with_rules",
    "follow_zone",
    "forget_old",
    "gallery_at",
    "get_deliverable",
    "get_hanging_file",
    "get_team_of",
    "get_template_file",
    "get_version",
    "hand_in",
    "has_gallery",
    "hide",
    "institutes_asking",
    "may_enter",
    "refuse_to_lose",
    "remind_by_rule",
    "remind_missing",
    "roll_of",
    "settle",
    "show",
    "stop_asking",
    "tallies_of",
    "team_page",
    "template_of",
    "templates_at",
    "to_remind",
    "withdraw",
]
