"""Registration: teams with the roles an institute asks for, their people, visitors, waiting."""

from events.registration.emails import role_labels
from events.registration.service.agreements import consent_for
from events.registration.service.asked import (
    Asked,
    AskedPage,
    asked_in,
    asked_of,
    waiting_for,
)
from events.registration.service.coming import (
    check_lea,
    ground_of,
    partnership_of,
    team_started,
    team_starting,
)
from events.registration.service.finding import (
    Editor,
    get_invitation,
    get_member,
    get_own_seat,
    get_team,
)
from events.registration.service.guests import agree_to_guests, turn_guests_away
from events.registration.service.history import attendee_of, flags_of
from events.registration.service.invitations import (
    OwnDetails,
    change_own_details,
    confirm_seat,
    decline_seat,
    invite_again,
)
from events.registration.service.joint import agree_to_act, refuse_act, take_back_act
from events.registration.service.members import (
    MemberChange,
    add_member,
    change_member,
    remove_member,
)
from events.registration.service.naming import NamedPerson
from events.registration.service.offices import (
    answer_office,
    end_waiver,
    waivable_role,
    waive_role,
)
from events.registration.service.pasting import WrongLines, paste_members, preview_roster
from events.registration.service.rosters import (
    Prospects,
    participants_of,
    prospects_of,
    seat_of,
    seats_of_person,
    team_of_lead,
    teams_of,
    teams_of_lead,
)
from events.registration.service.standing import judge_again, office_answers, verdict_of
from events.registration.service.submission import (
    admit_from_waitlist,
    door_of,
    join_waitlist,
    submit_team,
)
from events.registration.service.teams import (
    LedAlready,
    Start,
    describe_team,
    start_team,
    withdraw_team,
)
from events.registration.service.visitors import Visit, Visitor, check_visit, register_visitors

__all__ = [
    "Asked",
    "AskedPage",
    "Editor",
    "LedAlready",
    "MemberChange",
    "NamedPerson",
    "OwnDetails",
    "Prospects",
    "Start",
    "Visit",
    "Visitor",
    "WrongLines",
    "add_member",
    "admit_from_waitlist",
    "agree_to_act",
    "agree_to_guests",
    "answer_office",
    "asked_in",
    "asked_of",
    "attendee_of",
    "change_member",
    "change_own_details",
    "check_lea",
    "check_visit",
    "confirm_seat",
    "consent_for",
    "decline_seat",
    "describe_team",
    "door_of",
    "end_waiver",
    "flags_of",
    "get_invitation",
    "get_member",
    "get_own_seat",
    "get_team",
    "ground_of",
    "invite_again",
    "join_waitlist",
    "judge_again",
    "office_answers",
    "participants_of",
    "partnership_of",
    "paste_members",
    "preview_roster",
    "prospects_of",
    "refuse_act",
    "register_visitors",
    "remove_member",
    "role_labels",
    "seat_of",
    "seats_of_person",
    "start_team",
    "submit_team",
    "take_back_act",
    "team_of_lead",
    "team_started",
    "team_starting",
    "teams_of",
    "teams_of_lead",
    "turn_guests_away",
    "verdict_of",
    "waiting_for",
    "waivable_role",
    "waive_role",
    "withdraw_team",
]
