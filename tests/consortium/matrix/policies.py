"""Who may call what: the table that every route must stand in.

It is written by hand and apart from the marks on the views, so that one checks the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto

KINDS = (
    "nobody",
    "stranger",
    "lead",
    "other lead",
    "member",
    "owner",
    "coordinator",
    "finance",
    "facilitator",
    "desk",
    "viewer",
    "neighbor",  # owner and coordinator of another consortium
)


class Answer(StrEnum):
    """What kind of answer someone gets."""

    ALLOWED = auto()
    SIGN_IN = auto()
    FORBIDDEN = auto()
    MISSING = auto()


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Who may, and what the others are told."""

    may: frozenset[str]
    others: Answer = Answer.FORBIDDEN
    names: Mapping[str, str] = field(default_factory=dict)
    """Which thing of the world a parameter names, where its own name does not say it."""

    sent: Mapping[str, str] = field(default_factory=dict)
    """What the form says, where a thing is named in it."""
    told_on_page: frozenset[str] = frozenset()
    """Things whose absence stands as a sentence on the page where the button was."""
    looks_first: bool = False
    """Whether the thing is looked up before anything is known of who asks."""
    looks_nothing_up: bool = False
    """Whether it only leads on to another page."""

    def answer(self, kind: str, *, exists: bool = True) -> Answer:
        """Return what someone of this kind gets, for a thing that is there or not."""
        if kind in self.may:
            return Answer.ALLOWED if exists or self.looks_nothing_up else Answer.MISSING
        if kind == "nobody":
            return Answer.SIGN_IN
        return self.others if exists or not self.looks_first else Answer.MISSING


EVERYONE = frozenset(KINDS)
SIGNED_IN = EVERYONE - {"nobody"}
RUNS_IT = frozenset({"owner", "coordinator"})
COUNTS = RUNS_IT | {"facilitator", "finance", "viewer"}
NAMES = RUNS_IT | {"facilitator"}

public = Policy(may=EVERYONE)
signed_in = Policy(may=SIGNED_IN)
owner = Policy(may=frozenset({"owner"}))
runs_it = Policy(may=RUNS_IT)
sees_names = Policy(may=NAMES)
sees_counts = Policy(may=COUNTS)
team = Policy(may=RUNS_IT | {"lead"}, others=Answer.MISSING)
about_an_office = Policy(may=team.may, others=Answer.MISSING, names={"role_code": "office_code"})
changes_an_office = Policy(may=RUNS_IT, names={"role_code": "office_code"})
kept_seat = Policy(may=team.may, others=Answer.MISSING, names={"seat_id": "kept_id"})
has_a_seat = Policy(may=frozenset({"lead", "other lead", "member"}), others=Answer.MISSING)
own_seat = Policy(may=frozenset({"member"}), others=Answer.MISSING)
own_passkey = Policy(may=own_seat.may, others=Answer.MISSING)
own_invitation = Policy(may=own_seat.may, looks_first=True)
chooses = Policy(may=has_a_seat.may, others=Answer.MISSING, sent={"session": "option-a"})
swaps = Policy(
    may=has_a_seat.may, others=Answer.MISSING, sent={"session": "option-b", "give_up": "option-a"}
)
a_peer = Policy(may=own_seat.may, others=Answer.MISSING, names={"person_id": "peer_id"})
a_question = Policy(may=RUNS_IT, names={"code": "asked_code"})
a_question_of_old = Policy(may=RUNS_IT, names={"code": "retired_code"})
an_answer = Policy(may=NAMES, names={"code": "asked_code", "holder_id": "seat_id"})
own_answer = Policy(may=own_seat.may, others=Answer.MISSING, names={"code": "asked_code"})
team_answer = Policy(may=team.may, others=Answer.MISSING, names={"code": "team_code"})
a_role = Policy(may=RUNS_IT, names={"code": "role"})
leads_to_roles = Policy(may=RUNS_IT, names={"code": "role"}, looks_nothing_up=True)
becomes = Policy(may=EVERYONE, sent={"who": "coordinator"})
a_draft = Policy(may=RUNS_IT, names={"run_id": "draft_id"}, told_on_page=frozenset({"draft_id"}))
asked_to_lead = Policy(may=own_seat.may, looks_first=True, names={"token": "lead_token"})
a_lead_invitation = Policy(may=EVERYONE, names={"token": "lead_token"})
applies = Policy(may=RUNS_IT | {"lead"}, others=Answer.MISSING)
names_a_leader = Policy(may=applies.may, others=Answer.MISSING, names={"role_code": "pledge_role"})
chooses_among = Policy(may=RUNS_IT)
own_pledge = Policy(may=own_seat.may, looks_first=True, names={"token": "pledge_token"})
a_pledge = Policy(may=EVERYONE, names={"token": "pledge_token"})
an_invited_lea = Policy(may=EVERYONE, names={"token": "invited_token"})
an_invitation = Policy(may=RUNS_IT, names={"slug": "circle_slug"})
two_leas = Policy(may=RUNS_IT, names={"one_id": "one_lea", "other_id": "other_lea"})
a_feed = Policy(may=EVERYONE, names={"token": "feed"})

POLICIES: Mapping[str, Policy] = {
    "agenda.calendar GET": has_a_seat,
    "agenda.choose POST": chooses,
    "agenda.drop POST": chooses,
    "agenda.feed GET": a_feed,
    "agenda.feed_page GET": signed_in,
    "agenda.make_feed POST": signed_in,
    "agenda.rotate POST": own_seat,
    "agenda.show GET": has_a_seat,
    "agenda.swap POST": swaps,
    "auth.account GET": signed_in,
    "auth.add_passkey POST": signed_in,
    "auth.code GET": public,
    "auth.code POST": public,
    "auth.enrol GET": signed_in,
    "auth.enrol POST": signed_in,
    "auth.link GET": public,
    "auth.link POST": public,
    "auth.name_passkey GET": own_passkey,
    "auth.name_passkey POST": own_passkey,
    "auth.new_passkey_options POST": signed_in,
    "auth.offer GET": signed_in,
    "auth.passkey_options POST": public,
    "auth.remove_passkey GET": own_passkey,
    "auth.remove_passkey POST": own_passkey,
    "auth.second_factor GET": signed_in,
    "auth.second_factor POST": signed_in,
    "auth.second_factor_by_passkey POST": signed_in,
    "auth.second_factor_options POST": signed_in,
    "auth.sign_in GET": public,
    "auth.sign_in POST": public,
    "auth.sign_in_by_passkey POST": public,
    "auth.sign_out POST": public,
    "board.counts GET": sees_counts,
    "board.export GET": sees_names,
    "board.needs GET": runs_it,
    "board.remind POST": runs_it,
    "board.reminders GET": runs_it,
    "board.roster GET": sees_names,
    "board.show GET": sees_names,
    "bulk.export GET": runs_it,
    "bulk.left_out POST": runs_it,
    "bulk.template GET": runs_it,
    "bulk.upload GET": runs_it,
    "bulk.upload POST": runs_it,
    "drafts.discard POST": signed_in,
    "drafts.keep POST": signed_in,
    "demonstration.letter GET": public,
    "demonstration.letter_file GET": public,
    "demonstration.letter_html GET": public,
    "demonstration.mail GET": public,
    "demonstration.people GET": public,
    "demonstration.sign_in POST": becomes,
    "directory.lea GET": public,
    "directory.search GET": public,
    "directory.search_json GET": public,
    "front.alive GET": public,
    "front.help_page GET": public,
    "front.home GET": public,
    "front.ready GET": public,
    "institutes.add_role GET": runs_it,
    "institutes.add_role POST": runs_it,
    "institutes.change GET": runs_it,
    "institutes.change POST": runs_it,
    "institutes.change_role GET": a_role,
    "institutes.change_role POST": a_role,
    "institutes.create GET": runs_it,
    "institutes.create POST": runs_it,
    "institutes.edit GET": runs_it,
    "institutes.home GET": public,
    "institutes.manage GET": runs_it,
    "institutes.publish POST": runs_it,
    "institutes.remove_role GET": leads_to_roles,
    "institutes.remove_role POST": a_role,
    "institutes.roles GET": runs_it,
    "institutes.show GET": public,
    "intake.answer_pledge POST": own_pledge,
    "intake.application GET": applies,
    "intake.applications GET": runs_it,
    "intake.apply GET": signed_in,
    "intake.apply POST": signed_in,
    "intake.ask_leader POST": names_a_leader,
    "intake.by_hand POST": chooses_among,
    "intake.decide GET": runs_it,
    "intake.decide POST": runs_it,
    "intake.export GET": runs_it,
    "intake.invitations GET": runs_it,
    "intake.invite GET": runs_it,
    "intake.invite POST": runs_it,
    "intake.invited GET": an_invited_lea,
    "intake.leader GET": names_a_leader,
    "intake.leader POST": names_a_leader,
    "intake.letter GET": runs_it,
    "intake.letter POST": runs_it,
    "intake.letters GET": runs_it,
    "intake.mix GET": runs_it,
    "intake.mix POST": runs_it,
    "intake.offer_to_next POST": runs_it,
    "intake.paste_invitations GET": runs_it,
    "intake.paste_invitations POST": runs_it,
    "intake.pledge GET": a_pledge,
    "intake.pledges GET": runs_it,
    "intake.pledges POST": runs_it,
    "intake.propose POST": runs_it,
    "intake.selection GET": runs_it,
    "intake.send_again POST": an_invitation,
    "intake.statement GET": applies,
    "intake.statement POST": applies,
    "intake.submit POST": applies,
    "intake.take_back POST": an_invitation,
    "intake.to_the_mix POST": chooses_among,
    "intake.usual_letter POST": runs_it,
    "intake.withdraw GET": applies,
    "intake.withdraw POST": applies,
    "matching.csv GET": has_a_seat,
    "matching.discard POST": a_draft,
    "matching.disclosures GET": has_a_seat,
    "matching.mine GET": has_a_seat,
    "matching.past GET": runs_it,
    "matching.publish POST": a_draft,
    "matching.run POST": runs_it,
    "matching.share POST": has_a_seat,
    "matching.show GET": runs_it,
    "matching.vcard GET": a_peer,
    "matching.vcards GET": has_a_seat,
    "merging.compare_leas GET": two_leas,
    "merging.compare_leas POST": two_leas,
    "merging.compare_people GET": runs_it,
    "merging.compare_people POST": runs_it,
    "merging.leas GET": runs_it,
    "merging.merged GET": runs_it,
    "merging.people GET": runs_it,
    "merging.tell_leas_apart POST": two_leas,
    "merging.tell_people_apart POST": runs_it,
    "merging.undo POST": runs_it,
    "people.hold_office POST": runs_it,
    "people.leave_office GET": runs_it,
    "people.leave_office POST": runs_it,
    "people.person GET": sees_names,
    "people.restore_role POST": runs_it,
    "people.retire_role POST": runs_it,
    "people.role GET": runs_it,
    "people.role POST": runs_it,
    "people.roles GET": runs_it,
    "people.roles POST": runs_it,
    "packets.packet GET": team,
    "packets.packet POST": team,
    "packets.packet_file GET": team,
    "programmes.export GET": runs_it,
    "programmes.unpublish POST": runs_it,
    "programmes.upload GET": runs_it,
    "programmes.upload POST": runs_it,
    "questions.add GET": runs_it,
    "questions.add POST": runs_it,
    "questions.again POST": a_question_of_old,
    "questions.change GET": a_question,
    "questions.change POST": a_question,
    "questions.manage GET": runs_it,
    "questions.move POST": a_question,
    "questions.preview GET": runs_it,
    "questions.stop POST": a_question,
    "registration.add_member GET": team,
    "registration.add_member POST": team,
    "registration.admit POST": runs_it,
    "registration.answer_joint_act POST": team,
    "registration.answer_lead_invitation POST": asked_to_lead,
    "registration.answered_file GET": an_answer,
    "registration.answers_list GET": sees_names,
    "registration.answers_page GET": an_answer,
    "registration.appoint_lead GET": runs_it,
    "registration.appoint_lead POST": runs_it,
    "registration.ask_lead_again POST": team,
    "registration.hand_over GET": team,
    "registration.hand_over POST": team,
    "registration.invite_lead GET": team,
    "registration.invite_lead POST": team,
    "registration.joint_act GET": team,
    "registration.lead_invitation GET": a_lead_invitation,
    "registration.leave_lead GET": team,
    "registration.leave_lead POST": team,
    "registration.seat_file GET": own_answer,
    "registration.take_back_act POST": team,
    "registration.team_file GET": team_answer,
    "registration.team_questions GET": team,
    "registration.team_questions POST": team,
    "registration.withdraw_lead_invitation POST": team,
    "registration.agree POST": runs_it,
    "registration.answer_invitation POST": own_invitation,
    "registration.answer_office POST": about_an_office,
    "registration.change_office GET": changes_an_office,
    "registration.change_office POST": changes_an_office,
    "registration.details GET": team,
    "registration.details POST": team,
    "registration.edit_member GET": team,
    "registration.edit_member POST": team,
    "registration.end_waiver POST": team,
    "registration.history GET": team,
    "registration.invitation GET": public,
    "registration.invite_again POST": team,
    "registration.join_waitlist POST": team,
    "registration.keep_seat GET": team,
    "registration.keep_seat POST": team,
    "registration.leave_waitlist POST": team,
    "registration.member_choices GET": team,
    "registration.member_choices POST": team,
    "registration.mine GET": signed_in,
    "registration.name_kept GET": kept_seat,
    "registration.name_kept POST": kept_seat,
    "registration.offer GET": team,
    "registration.offer POST": team,
    "registration.own_choices GET": own_seat,
    "registration.own_choices POST": own_seat,
    "registration.paste GET": team,
    "registration.paste POST": team,
    "registration.remove_member GET": team,
    "registration.remove_member POST": team,
    "registration.seat GET": own_seat,
    "registration.seat POST": own_seat,
    "registration.start GET": signed_in,
    "registration.start POST": signed_in,
    "registration.submit POST": team,
    "registration.substitute GET": team,
    "registration.substitute POST": team,
    "registration.substitution GET": runs_it,
    "registration.substitution POST": runs_it,
    "registration.take_back_wish POST": team,
    "registration.team GET": team,
    "registration.to_do GET": runs_it,
    "registration.turn_away GET": runs_it,
    "registration.turn_away POST": runs_it,
    "registration.visitor GET": signed_in,
    "registration.visitor POST": signed_in,
    "registration.waive_role GET": team,
    "registration.waive_role POST": team,
    "registration.want_seats POST": team,
    "registration.withdraw GET": team,
    "registration.withdraw POST": team,
    "schedule.add GET": runs_it,
    "schedule.add POST": runs_it,
    "schedule.cancel GET": runs_it,
    "schedule.cancel POST": runs_it,
    "schedule.change GET": runs_it,
    "schedule.change POST": runs_it,
    "schedule.edit GET": runs_it,
    "schedule.institute_calendar GET": public,
    "schedule.programme GET": public,
    "schedule.session_calendar GET": public,
    "tenants.brand_stylesheet GET": public,
    "tenants.end_staff POST": owner,
    "tenants.goals GET": runs_it,
    "tenants.goals POST": runs_it,
    "tenants.move_partner POST": runs_it,
    "tenants.partners GET": runs_it,
    "tenants.partners POST": runs_it,
    "tenants.remove_partner POST": runs_it,
    "tenants.settings GET": runs_it,
    "tenants.settings POST": runs_it,
    "tenants.staff GET": owner,
    "tenants.staff POST": owner,
}
