"""Whom a survey asks: places on a roster, under pseudonyms, and the groups they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from uuid import UUID

from consortium.people.domain import SIDE_WORDS, Side
from consortium.words import Sentence, say

DISTRICT_OFFICE = say("District office")
"""Where those work who belong to no school."""


class RoleGroup(StrEnum):
    """What people do, in groups large enough to keep anyone from standing out."""

    TEACHER = auto()
    SUPPORT_STAFF = auto()
    UNION_REP = auto()
    UNION_LEADER = auto()
    PRINCIPAL = auto()
    DISTRICT_ADMIN = auto()
    BOARD = auto()
    OTHER = auto()


GROUP_WORDS: Mapping[RoleGroup, Sentence] = {
    RoleGroup.TEACHER: say("Teachers and other certificated staff"),
    RoleGroup.SUPPORT_STAFF: say("Education support professionals"),
    RoleGroup.UNION_REP: say("Union representatives of schools"),
    RoleGroup.UNION_LEADER: say("Union leaders"),
    RoleGroup.PRINCIPAL: say("Principals and supervisors"),
    RoleGroup.DISTRICT_ADMIN: say("Superintendent and district office"),
    RoleGroup.BOARD: say("Board members"),
    RoleGroup.OTHER: say("Others"),
}

GROUP_OF_ROLE: Mapping[str, RoleGroup] = {
    "superintendent": RoleGroup.DISTRICT_ADMIN,
    "cabinet": RoleGroup.DISTRICT_ADMIN,
    "business_official": RoleGroup.DISTRICT_ADMIN,
    "central_office": RoleGroup.DISTRICT_ADMIN,
    "principal": RoleGroup.PRINCIPAL,
    "cert_union_leader": RoleGroup.UNION_LEADER,
    "class_union_leader": RoleGroup.UNION_LEADER,
    "union_leader": RoleGroup.UNION_LEADER,
    "admin_assoc_president": RoleGroup.UNION_LEADER,
    "building_rep": RoleGroup.UNION_REP,
    "teacher": RoleGroup.TEACHER,
    "esp": RoleGroup.SUPPORT_STAFF,
    "board_president": RoleGroup.BOARD,
    "board_finance_chair": RoleGroup.BOARD,
    "board_member": RoleGroup.BOARD,
}

USUAL_SIDE: Mapping[RoleGroup, Side] = {
    RoleGroup.TEACHER: Side.LABOR,
    RoleGroup.SUPPORT_STAFF: Side.LABOR,
    RoleGroup.UNION_REP: Side.LABOR,
    RoleGroup.UNION_LEADER: Side.LABOR,
    RoleGroup.PRINCIPAL: Side.MANAGEMENT,
    RoleGroup.DISTRICT_ADMIN: Side.MANAGEMENT,
    RoleGroup.BOARD: Side.GOVERNANCE,
    RoleGroup.OTHER: Side.OTHER,
}
"""Where a list names no side."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Someone as a list of staff names them, before there is a pseudonym."""

    name: str
    email: str
    school: str
    group: RoleGroup
    side: Side


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place on the roster of one opening; whose it is stands nowhere here."""

    pseudonym: UUID
    partnership_id: UUID
    school: str
    group: RoleGroup
    side: Side
    struck: bool = False
    """Whether they left; then they answer no more, and what they answered before stays."""


def group_of(role_code: str) -> RoleGroup:
    """Return the group of a role of a consortium; one of its own making is among the others."""
    return GROUP_OF_ROLE.get(role_code, RoleGroup.OTHER)


def side_in_words(side: Side) -> Sentence:
    """Name a side as results name it."""
    return SIDE_WORDS[side]
