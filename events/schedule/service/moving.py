"""Change one session for everybody at once: a day of snow does not wait for a publishing."""

from consortium.audit import service as audit
from consortium.errors import Refusal
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.domain import SessionSpec
from events.schedule.domain.drafts import Act, field_changes, kept_as
from events.schedule.models import Release, Session
from events.schedule.service.applying import apply_drafts, change_of, hold_programme
from events.schedule.service.publishing import pending
from events.schedule.service.releases import record_release
from events.schedule.service.sessions import change_session, checked_change


def move_at_once(  # noqa: PLR0913  (what, how, and what its editor saw)
    institute: Institute, session: Session, spec: SessionSpec, *, version: int, by: str, note: str
) -> Release | None:
    """Let one session change for everybody now, whatever else waits to be published.

    Calendars know it again by its UID and a raised sequence; only those on whose agenda it is are
    told, once. Clashes are written down, not refused: a day of snow leaves no choice. While
    nobody has seen the session there is no release. Raises ``Conflict`` with both versions when
    someone changed it since ``version``, ``SessionRefused`` when it cannot be so, and ``Refusal``
    while a draft of it waits.
    """
    hold_programme(institute)
    refuse_cancelled(institute)
    if session.draft is not None or session.draft_cancelled is not None:
        raise Refusal(
            say("A change of this session waits to be published. Publish it or drop it first.")
        )
    if not (institute.announced and session.published):
        change_session(institute, session, spec, version=version, by=by)
        return None
    spec, changes = checked_change(institute, session, spec, version=version)
    if not changes:
        return None
    session.draft = dict(kept_as(spec))
    change = change_of(session, Act.CHANGED, field_changes(session.spec, spec))
    overridden = [
        clash.key
        for clash in pending(institute).clashes
        if spec.code in {one.code for one in clash.sessions}
    ]
    apply_drafts(institute, [session])
    release = record_release(institute, [change], by=by, note=note, overridden=overridden)
    audit.record(
        "move_at_once",
        f"session:{session.id}",
        by=by,
        before={name: before for name, _, before, _ in changes},
        after={name: after for name, _, _, after in changes} | {"release": release.number},
    )
    return release
