"""The routes of intake: who may call what, and what is written down about each act."""

from collections.abc import Mapping

from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import EVERYONE, RUNS_IT, SIGNED_IN, Answer, Policy

SEASON = {"slug": "season_slug"}
runs_it = Policy(may=RUNS_IT)
signed_in = Policy(may=SIGNED_IN)
applies = Policy(may=RUNS_IT | {"lead"}, others=Answer.MISSING)
names_a_leader = Policy(may=applies.may, others=Answer.MISSING, names={"role_code": "pledge_role"})
chooses_among = Policy(may=RUNS_IT)
own_pledge = Policy(may=frozenset({"member"}), looks_first=True, names={"token": "pledge_token"})
a_pledge = Policy(may=EVERYONE, names={"token": "pledge_token"})
an_invited_lea = Policy(may=EVERYONE, names={"token": "invited_token"})
an_invitation = Policy(may=RUNS_IT, names={"slug": "circle_slug"})

POLICIES: Mapping[str, Policy] = {
    "intake.answer_pledge POST": own_pledge,
    "intake.application GET": applies,
    "intake.applications GET": runs_it,
    "intake.apply GET": signed_in,
    "intake.apply POST": signed_in,
    "intake.ask_leader POST": names_a_leader,
    "intake.begin_late GET": runs_it,
    "intake.begin_late POST": runs_it,
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
    "intake.take_late POST": chooses_among,
    "intake.to_the_mix POST": chooses_among,
    "intake.usual_letter POST": runs_it,
    "intake.withdraw GET": applies,
    "intake.withdraw POST": applies,
}
ACTS: Mapping[str, Act] = {
    "intake.answer_pledge POST": Act(
        named="sign_pledge", by="member", fills={"signed_as": "Mo"}, on="intake.pledge GET"
    ),
    "intake.apply POST": Act(
        named="start_application",
        by="stranger",
        fills={"lea_id": "3410002", "name": "Sam", "side": "labor"},
        at=SEASON,
    ),
    "intake.ask_leader POST": Act(named="ask_leader", by="lead"),
    "intake.begin_late POST": Act(
        named="begin_late",
        fills={
            "lea_id": "3410002",
            "name": "Sam",
            "email": "sam@example.org",
            "side": "labor",
            "until": "2026-03-20",
            "reason": "Their mail was down.",
        },
        at={"slug": "closed_slug"},
    ),
    "intake.by_hand POST": Act(
        named="choose_by_hand",
        fills={"outcome": "not_selected", "reason": "Next year."},
        at={"application_id": "submitted_id"},
    ),
    "intake.decide POST": Act(named="decide", at=SEASON),
    "intake.invite POST": Act(
        named="invite_leas",
        fills={"lea_id": "3410002", "email": "chief@example.org"},
        at={"slug": "circle_slug"},
    ),
    "intake.leader POST": Act(
        named="name_leader", by="lead", fills={"name": "Nia", "email": "nia@example.org"}
    ),
    "intake.letter POST": Act(named="change_letter", fills={"subject": "Welcome, {lea}"}),
    "intake.mix POST": Act(named="change_aim", fills={"places": "7"}),
    "intake.offer_to_next POST": Act(named="offer_to_next", at=SEASON),
    "intake.paste_invitations POST": Act(
        named="invite_leas",
        fills={"lines": "3410002, chief@example.org", "save": "1"},
        at={"slug": "circle_slug"},
    ),
    "intake.pledges POST": Act(named="change_pledges", fills={"roles": ["board_member"]}),
    "intake.propose POST": Act(named="propose_selection", at=SEASON),
    "intake.send_again POST": Act(named="send_again", changes=False),
    "intake.statement POST": Act(
        named="change_application", by="lead", fills={"statement": "We want to learn."}
    ),
    "intake.submit POST": Act(named="submit_application", by="lead"),
    "intake.take_back POST": Act(named="take_back"),
    "intake.take_late POST": Act(
        named="take_late",
        fills={"late-until": "2026-03-20", "late-reason": "Their mail was down."},
        at={"application_id": "missed_id"},
        on="intake.application GET",
    ),
    "intake.to_the_mix POST": Act(named="choose_by_hand", at={"application_id": "submitted_id"}),
    "intake.usual_letter POST": Act(named="change_letter"),
    "intake.withdraw POST": Act(named="withdraw_application", by="lead"),
}
