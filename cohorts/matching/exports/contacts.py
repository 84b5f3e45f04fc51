"""Peers' contacts as files: vCard 3.0 (Outlook, Apple and Google read it) and CSV."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from cohorts.matching.service import Peer
from consortium.spreadsheets import guard
from consortium.words import say

CRLF = "\r\n"
LINE_OCTETS = 75
_BREAKS = re.compile("\r\n|[\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]")

COLUMNS = (
    say("Name"),
    say("Role"),
    say("LEA"),
    say("State"),
    say("E-mail"),
    say("Telephone"),
    say("Why you two"),
)


def vcards(peers: Iterable[Peer], *, met_at: str) -> bytes:
    """Return one vCard for each peer in one file, with only what the peer shares."""
    lines = (line for peer in peers for line in _card(peer, met_at))
    return "".join(_folded(line) + CRLF for line in lines).encode("utf-8")


def contacts_csv(peers: Iterable[Peer]) -> bytes:
    """Return the peers as a CSV file that spreadsheet programs open as text, letters intact."""
    import pandas as pd  # noqa: PLC0415  (slow to load; only exports need it)

    rows = [
        (
            peer.name,
            peer.role_label,
            _place(peer),
            peer.state,
            peer.email or "",
            peer.phone or "",
            " ".join(peer.reasons),
        )
        for peer in peers
    ]
    cells = [[guard(cell) for cell in row] for row in rows]
    table = pd.DataFrame(cells, columns=[str(column) for column in COLUMNS], dtype=str)
    written: str = table.to_csv(index=False, lineterminator=CRLF)
    return written.encode("utf-8-sig")


def escaped(text: str) -> str:
    """Return the text as a vCard value: it ends no line and opens no property."""
    lines = _BREAKS.sub("\n", text)
    plain = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def _card(peer: Peer, met_at: str) -> Iterator[str]:
    given, _, family = peer.name.rpartition(" ")
    note = " ".join((say("Peer from %(title)s.", title=met_at), *peer.reasons))
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:urn:uuid:{peer.person_id}"
    yield f"FN:{escaped(peer.name)}"
    yield f"N:{escaped(family)};{escaped(given)};;;"
    yield f"ORG:{escaped(peer.lea_name)}" + (f";{escaped(peer.site)}" if peer.site else "")
    yield f"TITLE:{escaped(peer.role_label)}"
    if peer.email:
        yield f"EMAIL;TYPE=INTERNET:{escaped(peer.email)}"
    if peer.phone:
        yield f"TEL;TYPE=VOICE:{escaped(peer.phone)}"
    yield f"NOTE:{escaped(note)}"
    yield "END:VCARD"


def _place(peer: Peer) -> str:
    return f"{peer.lea_name}, {peer.site}" if peer.site else peer.lea_name


def _folded(line: str) -> str:
    """Break a line so that none passes 75 octets; letters stay whole."""
    parts, octets = [""], 0
    for character in line:
        size = len(character.encode("utf-8"))
        if octets + size > LINE_OCTETS:
            parts.append(" ")
            octets = 1
        parts[-1] += character
        octets += size
    return CRLF.join(parts)
