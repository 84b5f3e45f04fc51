"""The mails about requests for a match: dropped unsent when the request is not open any more."""

from cohorts.matching import emails
from cohorts.matching.domain.values import Reader
from cohorts.matching.models import PeerRequest
from cohorts.matching.service.fits import fit, fits_of
from cohorts.matching.service.people import Person
from cohorts.matching.service.telling import stored, told_to
from consortium.outbox import service as outbox
from events import facade


def tell_asked(request: PeerRequest, who: Person, asked: Person) -> None:
    """Promise the asked person a mail with who asks, why the two fit, and the words."""
    institute = facade.institute_with(request.institute_id)
    found = fit(who, asked, fits_of(request.institute_id))
    mine = Reader.FIRST if request.to_id < request.from_id else Reader.SECOND
    mail = emails.asked_for_match(
        institute,
        asked.view,
        emails.Introduced(
            name=who.view.name,
            role_label=who.view.role_label,
            lea_name=who.view.lea_name,
            reasons=told_to(mine, stored(found.reasons)),
        ),
        kind=request.kind,
        words=request.words,
    )
    outbox.promise(mail, about=_about(request))


def tell_declined(request: PeerRequest, who: Person, asked: Person) -> None:
    """Promise who asked a mail that the other cannot take it on; no reason was asked for."""
    institute = facade.institute_with(request.institute_id)
    mail = emails.request_declined(institute, who.view, asked.view.name)
    outbox.promise(mail, about=_about(request))


def tell_lapsed(request: PeerRequest, who: Person, asked: Person) -> None:
    """Promise who asked a mail that there was no answer in time."""
    institute = facade.institute_with(request.institute_id)
    mail = emails.lapsed(institute, who.view, asked.view.name, suggested=False)
    outbox.promise(mail, about=_about(request))


def drop_request_mails(request: PeerRequest) -> None:
    """Drop what has not left yet about a request that is settled."""
    outbox.supersede(_about(request))


def _about(request: PeerRequest) -> str:
    return f"peer_request:{request.id}"
