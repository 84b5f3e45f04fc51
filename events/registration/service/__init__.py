"""Registration: teams with the roles an institute asks for, their people, visitors, waiting."""

from events.registration.emails import role_labels
from events.registration.service import together  # noqa: F401  (lets two leads submit)
from events.registration.service.agreements import consent_for
from events.registration.service.asked import (
    Asked,
    AskedPage,
    asked_in,
    asked_of,
    waiting_for,
)
from events.registration.service.at_the_door import confirm_at_door
from events.registration.service.badges import badge_of, find_badge
from events.registration.service.bounces import (
    lost_invitations,
    lost_leads,
    note_lost_invitation,
)
from events.registration.service.changes import HistoryPage, history_of
from events.registration.service.choices import (
    Choice,
    choices_for,
    choose_extras,
    choose_for_member,
    has_extras,
)
from events.registration.service.coming import (
    check_lea,
    ground_of,
    partnership_of,
    team_starting,
)
from events.registration.service.departing import end_lead, vacate
from events.registration.service.finding import (
    Editor,
    get_changeable,
    get_held_seat,
    get_invitation,
    get_member,
    get_own_seat,
    get_present_member,
    get_replaceable,
    get_team,
)
from events.registration.service.guests import agree_to_guests, turn_guests_away
from events.registration.service.history import (
    ASKED_OF_INSTITUTES,
    as_one,
    attendee_of,
    attendees_of,
    attendees_on,
    flags_of,
)
from events.registration.service.invitations import (
    OwnDetails,
    change_own_details,
    confirm_seat,
    decline_seat,
    invite_again,
)
from events.registration.service.joint import agree_to_act, refuse_act, take_back_act
from events.registration.service.keeping import keep_seat, name_kept
from events.registration.service.lead_answers import (
    accept_lead,
    decline_lead,
    get_lead_invitation,
    get_own_lead_invitation,
    lead_invitations_of,
)
from events.registration.service.lead_invitations import (
    ask_lead_again,
    hand_over,
    invite_lead,
    withdraw_lead_invitation,
)
from events.registration.service.leads import NewLead, appoint_lead, leave_lead, open_invitations
from events.registration.service.members import (
    MemberChange,
    add_member,
    change_member,
    remove_member,
)
from events.registration.service.naming import NamedPerson, why_roster_closed
from events.registration.service.offers import accept_offer, decline_offer, places_offered
from events.registration.service.offices import (
    Remembered,
    answer_office,
    asked_role,
    end_waiver,
    remembered_answers,
    waivable_role,
    waive_role,
)
from events.registration.service.pasting import WrongLines, paste_members, preview_roster
from events.registration.service.places import people_of
from events.registration.service.rosters import (
    Prospects,
    participants_of,
    prospects_of,
    seats_of_person,
    team_of_lead,
    teams_of_lead,
)
from events.registration.service.sides import lead_of
from events.registration.service.stalling import stalled_drafts
from events.registration.service.standing import (
    judge_again,
    office_answers,
    team_settled,
    verdict_of,
)
from events.registration.service.submission import (
    admit_from_waitlist,
    door_of,
    join_waitlist,
    send_to_waitlist,
    submit_team,
)
from events.registration.service.substitution import (
    Substitution,
    is_frozen,
    substitute,
)
from events.registration.service.teams import (
    Details,
    LedAlready,
    Start,
    describe_team,
    start_team,
    withdraw_team,
)
from events.registration.service.visitors import Visit, Visitor, register_visitors
from events.registration.service.waitlist import leave_waitlist, rank_of, want_seats
from events.registration.service.walking_in import WalkIn, seat_walk_in
from events.registration.service.wishes import (
    get_wish,
    grant_wish,
    open_wishes,
    refuse_wish,
    take_back_wish,
    wishes_at,
)

__all__ = [
    "ASKED_OF_INSTITUTES",
    "Asked",
    "AskedPage",
    "Choice",
    "Details",
    "Editor",
    "HistoryPage",
    "LedAlready",
    "MemberChange",
    "NamedPerson",
    "NewLead",
    "OwnDetails",
    "Prospects",
    "Remembered",
    "Start",
    "Substitution",
    "Visit",
    "Visitor",
    "WalkIn",
    "WrongLines",
    "accept_lead",
    "accept_offer",
    "add_member",
    "admit_from_waitlist",
    "agree_to_act",
    "agree_to_guests",
    "answer_office",
    "appoint_lead",
    "as_one",
    "ask_lead_again",
    "asked_in",
    "asked_of",
    "asked_role",
    "attendee_of",
    "attendees_of",
    "attendees_on",
    "badge_of",
    "change_member",
    "change_own_details",
    "check_lea",
    "choices_for",
    "choose_extras",
    "choose_for_member",
    "confirm_at_door",
    "confirm_seat",
    "consent_for",
    "decline_lead",
    "decline_offer",
    "decline_seat",
    "describe_team",
    "door_of",
    "end_lead",
    "end_waiver",
    "find_badge",
    "flags_of",
    "get_changeable",
    "get_held_seat",
    "get_invitation",
    "get_lead_invitation",
    "get_member",
    "get_own_lead_invitation",
    "get_own_seat",
    "get_present_member",
    "get_replaceable",
    "get_team",
    "get_wish",
    "grant_wish",
    "ground_of",
    "hand_over",
    "has_extras",
    "history_of",
    "invite_again",
    "invite_lead",
    "is_frozen",
    "join_waitlist",
    "judge_again",
    "keep_seat",
    "lead_invitations_of",
    "lead_of",
    "leave_lead",
    "leave_waitlist",
    "lost_invitations",
    "lost_leads",
    "name_kept",
    "note_lost_invitation",
    "office_answers",
    "open_invitations",
    "open_wishes",
    "participants_of",
    "partnership_of",
    "paste_members",
    "people_of",
    "places_offered",
    "preview_roster",
    "prospects_of",
    "rank_of",
    "refuse_act",
    "refuse_wish",
    "register_visitors",
    "remembered_answers",
    "remove_member",
    "role_labels",
    "seat_walk_in",
    "seats_of_person",
    "send_to_waitlist",
    "stalled_drafts",
    "start_team",
    "submit_team",
    "substitute",
    "take_back_act",
    "take_back_wish",
    "team_of_lead",
    "team_settled",
    "team_starting",
    "teams_of_lead",
    "turn_guests_away",
    "vacate",
    "verdict_of",
    "waiting_for",
    "waivable_role",
    "waive_role",
    "want_seats",
    "why_roster_closed",
    "wishes_at",
    "withdraw_lead_invitation",
    "withdraw_team",
]
