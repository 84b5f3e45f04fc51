"""The approval packet as a PDF."""

from datetime import datetime
from typing import Any

from flask import current_app

from consortium.pages import clock_time, long_date, zone_name
from consortium.ports import Printer
from consortium.words import Sentence, dollars, say
from events.packets.domain.packet import AgendaDay, Packet

NOT_SET = say("Not set yet.")
NO_PRICE = say("The host has not said yet what it costs.")
BESIDE = say("Travel, lodging and substitutes are not part of this quote.")
OWN_COSTS = say("Travel and lodging (estimate)")
FUND = say("Paid from (fund or grant)")


def packet_pdf(packet: Packet) -> bytes:
    """Return the packet as a tagged PDF (PDF/UA). What it says is what its page says."""
    printer: Printer = current_app.extensions["ports"].printer
    return printer.print("packet", _data(packet))


def _data(packet: Packet) -> dict[str, Any]:
    return {
        "title": say("Request for approval"),
        "standing": standing_of(packet),
        "subtitle": say("%(team)s at %(title)s", team=packet.team, title=packet.title),
        "author": "; ".join(packet.hosts) or packet.contact,
        "number": packet.number,
        "team": packet.team,
        "facts": facts_of(packet),
        "approvals": [{"what": one.what, "rule": one.rule} for one in packet.approvals],
        "travellers": [[who.name, who.role, who.side, who.why] for who in packet.travellers],
        "kept": kept_in_words(packet),
        "costs": [[line.what, line.how, dollars(line.cents)] for line in packet.costs],
        "total": dollars(packet.total_cents),
        "notes": list(packet.notes),
        "beside": beside(packet),
        "funding": [[label, ["_" * 40]] for label in (OWN_COSTS, FUND)],
        "days": [_day(day) for day in packet.days],
        "words": {
            "approvals": say("Approvals to ask for"),
            "no_advice": say("These are reminders, not legal advice."),
            "who": say("Who goes, and why"),
            "who_columns": [say("Name"), say("Office"), say("Side"), say("Why")],
            "cost": say("Cost"),
            "cost_columns": [say("What"), say("How many"), say("Amount")],
            "total": say("Total"),
            "uncounted": say("Not counted in the total:"),
            "agenda": say("Agenda"),
            "no_agenda": say("The agenda is not set yet."),
            "agenda_columns": [say("Time"), say("What"), say("Room")],
            "signatures": say("Approved"),
            "signature_columns": [say("Office"), say("Signature"), say("Date")],
            "signers": [
                say("Superintendent"),
                say("Board or county"),
                say("Business office"),
            ],
        },
    }


def standing_of(packet: Packet) -> str:
    """Return what the reader must know first: that the host cancelled it; else nothing."""
    if packet.cancelled_on is None:
        return ""
    return say(
        "The host cancelled this institute on %(day)s. There is nothing to approve, and nothing "
        "to pay.",
        day=long_date(packet.cancelled_on),
    )


def facts_of(packet: Packet) -> list[list[Any]]:
    """Return the facts at the top of the packet: label, and lines of text."""
    rows = [
        [say("What"), [line for line in (packet.title, packet.summary) if line]],
        [say("Host"), list(packet.hosts)],
        [say("When"), [_day_in_words(day) for day in packet.days] or [NOT_SET]],
        [say("Time zone"), [zone_name(packet.time_zone)] if packet.days else []],
        [say("Where"), [packet.venue or NOT_SET]],
        [say("Register by"), [packet.register_by] if packet.register_by else []],
        [say("Price"), list(packet.price) or [NO_PRICE]],
        [say("Payment"), list(packet.payment)],
        [
            say("Quote"),
            [
                say(
                    "%(number)s of %(day)s: %(total)s",
                    number=packet.number,
                    day=long_date(packet.made_on),
                    total=dollars(packet.total_cents) if packet.priced else say("no amount yet"),
                )
            ],
        ],
        [say("Contact"), [packet.contact]],
    ]
    return [row for row in rows if row[1]]


def beside(packet: Packet) -> list[Sentence]:
    """Return what the sum leaves out, and what stands in its place where there is none."""
    if packet.priced:
        return [BESIDE]
    if packet.notes:
        open_still = say(
            "What the team pays of it is not settled yet, so this quote names no amount."
        )
        return [open_still, BESIDE]
    later = say("This quote names no amount. Make the packet again once there is one.")
    return [NO_PRICE, later, BESIDE]


def kept_in_words(packet: Packet) -> str:
    """Return how many seats are kept for people still to be named; empty where none is."""
    if not packet.kept_seats:
        return ""
    return say("Seats kept for people still to be named: %(n)s.", n=packet.kept_seats)


def _day_in_words(day: AgendaDay) -> str:
    when = long_date(day.on)
    if day.hours is not None:
        begins, ends = day.hours
        when = say("%(day)s, %(time)s", day=when, time=_hours(begins, ends))
    if day.label:
        when = say("%(day)s: %(label)s", day=when, label=day.label)
    return say("%(day)s (optional)", day=when) if day.optional else when


def _day(day: AgendaDay) -> dict[str, Any]:
    return {
        "title": _day_in_words(day),
        "lines": [[_hours(line.starts, line.ends), line.title, line.room] for line in day.lines],
    }


def _hours(begins: datetime, ends: datetime) -> str:
    return say("%(begins)s to %(ends)s", begins=clock_time(begins), ends=clock_time(ends))
