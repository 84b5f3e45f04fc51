"""A certificate and a transcript laid out in words: what the PDF and the page both show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date

from consortium.words import Sentence, say
from events.credit.domain.certificates import CreditLine, Snapshot
from events.credit.domain.keeping import day_in_full
from events.credit.domain.rules import amount_in_words


@dataclass(frozen=True, kw_only=True)
class SheetCredit:
    """A kind of credit as the paper's face shows it, and how it came about."""

    amount: str
    name: str
    note: str
    how: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SheetDay:
    """A day of the attached agenda."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class SheetSigner:
    """A line for a signature, and whose it is."""

    name: str
    title: str


@dataclass(frozen=True, kw_only=True)
class CertificateSheet:
    """The whole certificate."""

    title: str
    number: str
    consortium: str
    colour: str
    presented: str
    name: str
    about: str
    """Office and district."""
    attended: str
    institute: str
    when: str
    where: str
    hosts: str
    credits: tuple[SheetCredit, ...]
    signers: tuple[SheetSigner, ...]
    signed: str
    """What stands under a line where nobody is named."""
    issued: str
    verify_words: str
    verify_at: str
    record_title: str
    agenda_title: str
    agenda: tuple[SheetDay, ...]
    agenda_columns: tuple[str, str]
    standing: str = ""
    """What the reader must know first: that it was replaced or withdrawn."""


@dataclass(frozen=True, kw_only=True)
class TranscriptRow:
    """One certificate on a transcript."""

    when: str
    institute: str
    credits: tuple[str, ...]
    number: str


@dataclass(frozen=True, kw_only=True)
class TranscriptSheet:
    """Everything that someone earned in one consortium."""

    title: str
    consortium: str
    colour: str
    name: str
    made: str
    columns: tuple[str, str, str, str]
    rows: tuple[TranscriptRow, ...]
    totals_title: str
    totals: tuple[tuple[str, str], ...]
    nothing: str
    note: str


def certificate_sheet(
    said: Snapshot, number: str, *, verify_at: str, standing: str = ""
) -> CertificateSheet:
    """Return a certificate laid out in words; ``verify_at`` is where anyone can check it."""
    wordings = dict.fromkeys(one.wording for one in said.credits if one.wording)
    title = next(iter(wordings), "")
    if not title or len(wordings) > 1:
        title = say("Certificate of Attendance") if said.plain else say("Certificate of Completion")
    return CertificateSheet(
        title=title,
        number=number,
        consortium=said.consortium,
        colour=said.colour,
        presented=say("This certifies that"),
        name=said.name,
        about=", ".join(filter(None, (*said.roles, said.lea))),
        attended=say("attended") if said.plain else say("attended and has earned credit at"),
        institute=said.institute,
        when=days_in_words(said.days or (said.first_day, said.last_day)),
        where=said.venue,
        hosts=say("Held by %(hosts)s", hosts=_listed(said.hosts)) if said.hosts else "",
        credits=tuple(
            SheetCredit(amount=one.words, name=one.name, note=_note(one), how=one.how)
            for one in said.credits
        ),
        signers=tuple(SheetSigner(name=one.name, title=one.title) for one in said.signers),
        signed=say("For %(consortium)s", consortium=said.consortium),
        issued=say("Issued %(day)s", day=day_in_full(said.issued_on)),
        verify_words=say("Check this certificate at"),
        verify_at=verify_at,
        record_title=say("How the credit was counted"),
        agenda_title=say("Agenda"),
        agenda=tuple(
            SheetDay(title=format_date(day.on, "full", locale="en_US"), lines=day.lines)
            for day in said.agenda
        ),
        agenda_columns=(say("Time"), say("What")),
        standing=standing,
    )


def transcript_sheet(
    name: str,
    found: Sequence[tuple[str, Snapshot]],
    *,
    consortium: str,
    colour: str,
    today: date,
) -> TranscriptSheet:
    """Return what someone earned; ``found`` are numbers and certificates that stand."""
    return TranscriptSheet(
        title=say("Transcript of credit"),
        consortium=consortium,
        colour=colour,
        name=name,
        made=say("Made %(day)s", day=day_in_full(today)),
        columns=(say("When"), say("Institute"), say("Credit"), say("Certificate")),
        rows=tuple(
            TranscriptRow(
                when=days_in_words((said.first_day, said.last_day)),
                institute=said.institute,
                credits=tuple(
                    say("%(amount)s, %(name)s", amount=one.words, name=one.name)
                    for one in said.credits
                )
                or (say("Attendance"),),
                number=number,
            )
            for number, said in found
        ),
        totals_title=say("Together"),
        totals=totals(said for _, said in found),
        nothing=say("No certificate has been issued yet."),
        note=say("Certificates that were replaced or withdrawn are left out."),
    )


def totals(found: Iterable[Snapshot]) -> tuple[tuple[str, str], ...]:
    """Return how much of each kind of credit the certificates come to, by its name."""
    sums: dict[tuple[str, str], Decimal] = {}
    for said in found:
        for one in said.credits:
            key = (one.name, one.unit)
            sums[key] = sums.get(key, Decimal(0)) + one.amount
    return tuple(
        (name, amount_in_words(amount, unit)) for (name, unit), amount in sorted(sums.items())
    )


def days_in_words(days: Sequence[date]) -> str:
    """Write days with their year: November 14 and 15, 2019."""
    ordered = sorted(set(days))
    first, last = ordered[0], ordered[-1]
    if first == last:
        return day_in_full(first)
    if (first.year, first.month) == (last.year, last.month):
        listed = _listed([str(day.day) for day in ordered])
        month = format_date(first, "MMMM", locale="en_US")
        return say("%(month)s %(days)s, %(year)s", month=month, days=listed, year=first.year)
    return say("%(first)s to %(last)s", first=day_in_full(first), last=day_in_full(last))


def _note(one: CreditLine) -> str:
    parts = []
    if one.licence_number:
        parts.append(f"{one.licence_name} {one.licence_number}")
    if one.provider:
        said = say("Provider: %(name)s", name=one.provider)
        parts.append(f"{said} ({one.provider_number})" if one.provider_number else said)
    return " · ".join(parts)


def _listed(words: Sequence[str]) -> Sentence | str:
    if len(words) < 2:  # noqa: PLR2004  (one word needs no "and")
        return "".join(words)
    return say("%(most)s and %(last)s", most=", ".join(words[:-1]), last=words[-1])
