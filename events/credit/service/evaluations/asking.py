"""What is asked after an institute, a day or a session, and when it can be answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound
from consortium.words import say
from events.credit.domain.counting import day_in_words
from events.credit.domain.evaluations import (
    RATING,
    USUAL,
    Item,
    check_items,
    is_closed,
    opens_at,
    read_items,
    written_items,
)
from events.credit.domain.rules import LEFT_OUT, CreditRefused
from events.credit.models import ONE_EVALUATION, Evaluation, EvaluationAnswer
from events.credit.service.attending import sessions_of
from events.institutes.models import Institute
from events.schedule.models import Session

WHOLE = "whole"
DAY, SESSION = "day:", "session:"
TITLES = {WHOLE: say("The whole institute")}


@dataclass(frozen=True, kw_only=True)
class Part:
    """What an evaluation is about: the whole, a day or a session."""

    key: str
    """As addresses name it: ``whole``, ``day:2019-11-14``, ``session:opening``."""
    title: str
    sessions: tuple[Session, ...]


@dataclass(frozen=True, kw_only=True)
class Form:
    """An evaluation as people fill it in."""

    part: Part
    items: tuple[Item, ...]
    """The host's questions, then a rating for each session where those are asked."""
    rates_sessions: bool
    closes_on: date | None
    by_mail: bool
    """Whether those who were there are asked by mail without anyone's doing."""
    opens: datetime | None
    row: Evaluation | None
    """``None`` while the host left everything as it comes, and nobody has answered."""

    def check_open(self, institute: Institute) -> None:
        """Raise ``CreditRefused`` with the reason why nobody can answer now."""
        now = clock.now()
        if self.opens is None or now < self.opens:
            raise CreditRefused(say("You can answer when it is over."))
        if is_closed(self.closes_on, now.astimezone(institute.zone).date()):
            raise CreditRefused(say("The time for answers is over. Thank you all the same."))


def get_form(institute: Institute, key: str = WHOLE) -> Form:
    """Return an evaluation; that of the whole institute is always there. Raises ``NotFound``."""
    row = db.session.scalar(
        select(Evaluation).where(
            Evaluation.institute_id == institute.id, Evaluation.about == _about(key)
        )
    )
    part = _part(sessions_of(institute), key)
    if part is None or (row is None and key != WHOLE):
        raise NotFound(say("There is no such evaluation."))
    return _form(institute, part, row)


def evaluations_of(institute: Institute) -> Sequence[Form]:
    """Return all evaluations of the institute, that of the whole first."""
    rows = db.session.scalars(
        select(Evaluation).where(Evaluation.institute_id == institute.id)
    ).all()
    by_key = {row.about or WHOLE: row for row in rows}
    keys = [WHOLE, *sorted(by_key.keys() - {WHOLE})]
    sessions = sessions_of(institute)
    parts = [(_part(sessions, key), by_key.get(key)) for key in keys]
    return [_form(institute, part, row) for part, row in parts if part is not None]


def parts_to_ask_about(institute: Institute) -> Sequence[Part]:
    """Return the days and sessions that have no evaluation of their own yet."""
    taken = set(
        db.session.scalars(select(Evaluation.about).where(Evaluation.institute_id == institute.id))
    )
    held = sessions_of(institute)
    sessions = [one for one in held if one.kind not in LEFT_OUT]
    days = sorted({one.starts.date() for one in sessions if one.starts})
    keys = [f"{DAY}{day.isoformat()}" for day in days]
    keys += [f"{SESSION}{one.code}" for one in sessions]
    found = [_part(held, key) for key in keys if key not in taken]
    return [part for part in found if part is not None]


def add_evaluation(institute: Institute, key: str, *, by: str) -> Evaluation:
    """Ask also after a day or a session, with the usual questions to begin with."""
    if _part(sessions_of(institute), key) is None or key == WHOLE:
        raise CreditRefused(say("Choose a day or a session."), field="part")
    row = Evaluation(
        institute_id=institute.id, about=_about(key), questions=written_items(USUAL[:1] + USUAL[2:])
    )
    db.session.add(row)
    twice = CreditRefused(say("There is an evaluation of it already."), field="part")
    with translating(ONE_EVALUATION, into=twice):
        db.session.flush()
    audit.record("add_evaluation", f"evaluation:{row.id}", by=by, after={"about": key})
    return row


def change_evaluation(  # noqa: PLR0913  (what a host sets of it)
    institute: Institute,
    key: str,
    items: Sequence[Item],
    *,
    rates_sessions: bool,
    closes_on: date | None,
    by_mail: bool = True,
    version: int,
    by: str,
) -> Evaluation:
    """Change what is asked. A question keeps its code, so that answers given stay its answers.

    Raises ``Conflict`` when someone changed it since ``version``, ``CreditRefused`` for questions
    nobody could answer, and for one that is taken out although people answered it.
    """
    check_items(items)
    row = kept_row(institute, key)
    if row.version != version:
        raise Conflict(say("Someone else changed these questions while you were writing."))
    dropped = {item.code for item in read_items(row.questions)} - {item.code for item in items}
    if dropped and _answers(row):
        raise CreditRefused(
            say(
                "People have answered already. You can change words and add questions, and take "
                "none out."
            )
        )
    before = list(row.questions)
    row.questions = written_items(items)
    row.rates_sessions = rates_sessions
    row.closes_on = closes_on
    row.by_mail = by_mail
    row.version += 1
    db.session.flush()
    audit.record(
        "change_evaluation",
        f"evaluation:{row.id}",
        by=by,
        before={"questions": before},
        after={
            "questions": row.questions,
            "rates_sessions": rates_sessions,
            "closes_on": closes_on.isoformat() if closes_on else "",
            "by_mail": by_mail,
        },
    )
    return row


def remove_evaluation(institute: Institute, key: str, *, by: str) -> None:
    """Ask no more after a day or a session. Refused once someone has answered."""
    form = get_form(institute, key)
    if form.row is None or key == WHOLE:
        raise CreditRefused(say("This evaluation stays."))
    if _answers(form.row):
        raise CreditRefused(say("People have answered it already, so it stays."))
    audit.record("remove_evaluation", f"evaluation:{form.row.id}", by=by, before={"about": key})
    db.session.delete(form.row)
    db.session.flush()


def kept_row(institute: Institute, key: str) -> Evaluation:
    """Return the evaluation's row, held; the first to need that of the whole makes it."""
    statement = (
        select(Evaluation)
        .where(Evaluation.institute_id == institute.id, Evaluation.about == _about(key))
        .with_for_update()
    )
    row = db.session.scalar(statement)
    if row is not None:
        return row
    if key != WHOLE:
        raise NotFound(say("There is no such evaluation."))
    try:
        with translating(ONE_EVALUATION, into=_Made()), db.session.begin_nested():
            db.session.add(Evaluation(institute_id=institute.id, questions=written_items(USUAL)))
    except _Made:
        pass
    return db.session.scalars(statement).one()


class _Made(Exception):
    """Someone else made the row a moment ago."""


def _form(institute: Institute, part: Part, row: Evaluation | None) -> Form:
    items = read_items(row.questions) if row else USUAL
    rates = bool(row and row.rates_sessions)
    if rates:
        rated = [one for one in part.sessions if one.kind not in (*LEFT_OUT, "survey")]
        items += tuple(Item(code=f"{RATING}{one.code}", words=one.title) for one in rated)
    last = None
    if institute.days:
        day = max(day.on for day in institute.days)
        last = datetime.combine(day, time(23, 59), institute.zone)
    return Form(
        part=part,
        items=items,
        rates_sessions=rates,
        closes_on=row.closes_on if row else None,
        by_mail=row is None or row.by_mail,
        opens=opens_at(
            (
                (one.kind, one.starts_at, one.ends_at)
                for one in part.sessions
                if one.starts_at and one.ends_at
            ),
            last,
        ),
        row=row,
    )


def _part(sessions: Sequence[Session], key: str) -> Part | None:
    if key == WHOLE:
        return Part(key=key, title=TITLES[WHOLE], sessions=tuple(sessions))
    if key.startswith(DAY):
        try:
            on = date.fromisoformat(key.removeprefix(DAY))
        except ValueError:
            return None
        theirs = tuple(one for one in sessions if one.starts and one.starts.date() == on)
        return Part(key=key, title=day_in_words(on), sessions=theirs) if theirs else None
    code = key.removeprefix(SESSION) if key.startswith(SESSION) else ""
    found = next((one for one in sessions if one.code == code), None)
    return Part(key=key, title=found.title, sessions=(found,)) if found else None


def _about(key: str) -> str:
    return "" if key == WHOLE else key


def _answers(row: Evaluation) -> int:
    statement = select(func.count(EvaluationAnswer.id)).where(
        EvaluationAnswer.evaluation_id == row.id
    )
    return db.session.scalar(statement) or 0
