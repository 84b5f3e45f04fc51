"""The history of a team in sentences, one for each act that was recorded."""

from collections.abc import Callable, Mapping

from consortium.words import Sentence, say
from events.registration.domain.changes import PERSON, Change


def in_words(change: Change) -> tuple[Sentence, ...]:
    """Return what happened, in one sentence or a few."""
    tell = SENTENCES.get(change.act)
    if tell is None:
        return (change.say("%(who)s changed the registration."),)
    told = tell(change)
    return told if isinstance(told, tuple) else (told,)


def _changed_member(change: Change) -> tuple[Sentence, ...]:
    before, after = change.before, change.after
    name = str(after.get("name") or change.seat(after))
    told = []
    if before.get("name") != after.get("name"):
        told.append(
            change.say(
                "%(who)s changed the name of a member from “%(old)s” to “%(new)s”.",
                old=before.get("name", ""),
                new=name,
            )
        )
    if before.get("roles") != after.get("roles"):
        told.append(
            change.say(
                "%(who)s changed what %(name)s comes as from %(old)s to %(new)s.",
                name=name,
                old=change.roles(before),
                new=change.roles(after),
            )
        )
    if before.get("shared") != after.get("shared"):
        told.append(
            change.say("%(who)s noted that %(name)s serves another LEA's team too.", name=name)
            if after.get("shared")
            else change.say("%(who)s noted that %(name)s serves this team alone.", name=name)
        )
    if before.get("person") != after.get("person"):
        told.append(change.say("%(who)s corrected the e-mail address of %(name)s.", name=name))
    return tuple(told) or (change.say("%(who)s saved %(name)s unchanged.", name=name),)


def _described(change: Change) -> tuple[Sentence, ...]:
    words = {
        "name": "%(who)s changed the team's name from “%(old)s” to “%(new)s”.",
        "site": "%(who)s changed the school from “%(old)s” to “%(new)s”.",
    }
    told = tuple(
        change.say(template, old=change.before.get(key, ""), new=change.after.get(key, ""))
        for key, template in words.items()
        if change.before.get(key) != change.after.get(key)
    )
    return told or (change.say("%(who)s saved the team's name unchanged."),)


def _named(change: Change) -> Sentence:
    return change.say(
        "%(who)s named %(name)s as %(roles)s.",
        name=change.seat(change.after),
        roles=change.roles(change.after),
    )


def _pasted(change: Change) -> Sentence:
    seats = change.after.get("seats", {})
    names = [change.names.seats.get(seat_id, "") for seat_id in seats]
    return change.say("%(who)s pasted: %(names)s.", names=", ".join(filter(None, names)))


def _substituted(change: Change) -> Sentence:
    return change.say(
        "%(who)s gave the seat of %(old)s to %(new)s, who comes as %(roles)s.",
        old=change.seat(change.before),
        new=change.seat(change.after),
        roles=change.roles(change.after),
    )


def _granted(change: Change) -> Sentence:
    return change.say(
        "%(who)s agreed that %(new)s has the seat of %(old)s now.",
        old=change.seat(change.before),
        new=change.seat(change.after),
    )


def _about_seat(template: str, *, recorded: str = "") -> Callable[[Change], Sentence]:
    """Return how to tell an act on one seat; ``recorded`` says where its id stands."""

    def tell(change: Change) -> Sentence:
        said = {"before": change.before, "after": change.after}.get(recorded)
        roles = change.roles(said or {})
        return say(template, who=change.who, name=change.seat(said), roles=roles)

    return tell


def _plain(template: str) -> Callable[[Change], Sentence]:
    return lambda change: change.say(template)


def _about_lead(template: str, *, recorded: str = "after") -> Callable[[Change], Sentence]:
    def tell(change: Change) -> Sentence:
        said = change.before if recorded == "before" else change.after
        return say(template, who=change.who, name=change.lead(said), side=change.side())

    return tell


def _submitted(change: Change) -> Sentence:
    return {
        "asking": change.say("%(who)s asked the host whether the team may come."),
        "waitlisted": change.say("%(who)s submitted the team, which went on the waitlist."),
    }.get(
        str(change.after.get("status", "")),
        change.say("%(who)s submitted the team: %(people)s people are registered.",
                   people=change.after.get("people", 0)),
    )  # fmt: skip


def _order_never_came(change: Change) -> Sentence:
    became = change.after.get("status")
    if became == "waitlisted":
        return say(
            "A purchase order that was promised did not come. The team went to the waitlist."
        )
    if became == "withdrawn":
        return say("A purchase order that was promised did not come. The registration ended.")
    return say("A purchase order that was promised did not come in time.")


def _office(change: Change) -> Sentence:
    role = change.role()
    code = next((code for code in change.after if code in change.names.roles), "")
    said = (
        change.say("%(who)s wrote down that the LEA has this office: %(role)s.", role=role)
        if change.after.get(code)
        else change.say("%(who)s wrote down that the LEA has no such office: %(role)s.", role=role)
    )
    reason = change.after.get("reason")
    return say("%(said)s Reason: %(reason)s", said=said, reason=reason) if reason else said


def _waived(change: Change) -> Sentence:
    code = next((code for code in change.after if code in change.names.roles), "")
    return change.say(
        "%(who)s excused the team from this role: %(role)s. Reason: %(reason)s",
        role=change.role(),
        reason=change.after.get(code, ""),
    )


def _appointed(change: Change) -> Sentence:
    old, new = change.lead(change.before), change.lead(change.after)
    reason = change.after.get("reason", "")
    if not change.before.get("lead"):
        return change.say("%(who)s appointed %(new)s as lead. Reason: %(reason)s",
                          new=new, reason=reason)  # fmt: skip
    return change.say(
        "%(who)s appointed %(new)s as lead instead of %(old)s. Reason: %(reason)s",
        old=old,
        new=new,
        reason=reason,
    )


def _accepted_lead(change: Change) -> Sentence:
    if change.before.get("lead"):
        return change.say(
            "%(new)s leads the team now instead of %(old)s.",
            new=change.lead(change.after),
            old=change.lead(change.before),
        )
    return change.say("%(new)s leads the team now too.", new=change.lead(change.after))


def _wanted(change: Change) -> Sentence:
    seats = change.after.get("seats_wanted", "")
    return change.say("%(who)s waits for %(seats)s seats now.", seats=seats)


def _imported(change: Change) -> tuple[Sentence, ...]:
    after, known = change.after, change.names.seats
    named = [known[seat_id] for seat_id in after.get("seats", ()) if seat_id in known]
    told = [change.say("%(who)s started the team from a list.")] if after.get("started") else []
    if named:
        told.append(change.say("%(who)s named from a list: %(names)s.", names=", ".join(named)))
    for seat_id, fields in after.get("changed", {}).items():
        told.append(
            change.say(
                "%(who)s changed %(name)s by a list: %(fields)s.",
                name=known.get(seat_id, say("a member")),
                fields=", ".join(fields),
            )
        )
    return tuple(told) or (change.say("%(who)s brought the team in from a list."),)


def _merged(change: Change) -> Sentence:
    return change.say(
        "%(who)s noted that %(name)s stood here under two addresses, and made them one.",
        name=change.person() or say("someone"),
    )


def _parted(change: Change) -> Sentence:
    if change.subject.startswith(PERSON):
        return change.say(
            "%(who)s noted that %(name)s and someone else are two people after all.",
            name=change.person() or say("someone"),
        )
    return change.say("%(who)s noted that the LEA and another one are two after all.")


SENTENCES: Mapping[str, Callable[[Change], Sentence | tuple[Sentence, ...]]] = {
    "start_team": _plain("%(who)s started the team."),
    "nudge": _plain("The leads were reminded that the team is not submitted yet."),
    "describe_team": _described,
    "add_member": _named,
    "keep_seat": _about_seat("%(who)s kept a seat for this role: %(roles)s.", recorded="after"),
    "name_kept": _named,
    "vacate_seat": _about_seat(
        "%(who)s noted that %(name)s left. The seat waits for who follows.", recorded="before"
    ),
    "paste_members": _pasted,
    "import_team": _imported,
    "change_member": _changed_member,
    "remove_member": _about_seat("%(who)s removed %(name)s.", recorded="before"),
    "substitute": _substituted,
    "ask_to_substitute": _about_seat(
        "%(who)s asked the host to give the seat of %(name)s to someone else.", recorded="before"
    ),
    "grant_wish": _granted,
    "refuse_wish": _about_seat(
        "%(who)s did not agree to give the seat of %(name)s to someone else.", recorded="before"
    ),
    "take_back_wish": _about_seat(
        "%(who)s took back the request about the seat of %(name)s.", recorded="before"
    ),
    "invite_again": _about_seat("%(who)s invited %(name)s again."),
    "confirm_seat": _about_seat("%(name)s confirmed the seat."),
    "decline_seat": _about_seat("%(name)s gave the seat back."),
    "change_own_details": _about_seat("%(name)s changed something on their own page."),
    "choose_extras": _about_seat("%(name)s chose optional days or strands anew."),
    "give_next": _about_seat("%(name)s got a place on an optional day or in a strand."),
    "place_person": _about_seat("%(who)s moved %(name)s between sessions."),
    "answer_office": _office,
    "waive_role": _waived,
    "end_waiver": lambda change: change.say(
        "%(who)s took an excuse back: %(role)s counts again.", role=change.role()
    ),
    "answer_team_questions": _plain("%(who)s answered the host's questions for the team."),
    "submit_team": _submitted,
    "join_waitlist": _plain("%(who)s put the team on the waitlist."),
    "leave_waitlist": _plain("%(who)s took the team off the waitlist."),
    "want_seats": _wanted,
    "admit_from_waitlist": _plain("%(who)s gave the waiting team its places."),
    "offer_next": _plain("The team was offered places from the waitlist."),
    "accept_offer": _plain("%(who)s accepted the places offered."),
    "decline_offer": _plain("%(who)s gave the offered places back."),
    "let_offer_lapse": _plain("Nobody answered the offer in time; its places went on."),
    "agree_to_guests": _plain("%(who)s agreed that the team may come."),
    "turn_guests_away": _plain("%(who)s said that the team cannot come."),
    "register_visitors": _plain("%(who)s registered the visitors."),
    "name_payer": _plain("%(who)s named who pays."),
    "change_payer": _plain("%(who)s changed who pays, or how."),
    "drop_payer": _plain("%(who)s took a payer off the bill."),
    "share_costs": _plain("%(who)s set who pays which share. The invoices went out."),
    "say_for_price": _plain("%(who)s said something the price depends on."),
    "enforce_cutoff": _order_never_came,
    "rate_anew": _plain("The early price was not paid in time and ended."),
    "withdraw_team": _plain("%(who)s withdrew the registration."),
    "ask_other_lead": _plain("%(who)s asked the other lead to agree."),
    "refuse_act": _plain("%(who)s did not agree to what the other lead asked."),
    "take_back_act": _plain("%(who)s took back what the other lead was asked."),
    "invite_lead": _about_lead("%(who)s asked someone to lead the team too (%(side)s)."),
    "ask_lead_again": _about_lead("%(who)s asked once more for a lead (%(side)s)."),
    "withdraw_lead_invitation": _about_lead("%(who)s took back the question to lead (%(side)s)."),
    "hand_over": _about_lead("%(who)s asked someone to take over from %(name)s.",
                             recorded="before"),
    "accept_lead": _accepted_lead,
    "decline_lead": _plain("Whoever was asked to lead the team said no."),
    "leave_lead": _about_lead("%(name)s no longer leads the team.", recorded="before"),
    "end_lead": _about_lead("%(who)s noted that %(name)s, who led the team, left.",
                            recorded="before"),
    "appoint_lead": _appointed,
    "merge_people": _merged,
    "merge_leas": _plain("%(who)s noted that another entry of the national list is this LEA too."),
    "unmerge": _parted,
}  # fmt: skip
"""What each recorded act means to the people of the team."""
