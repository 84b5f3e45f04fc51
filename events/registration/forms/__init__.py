"""The forms of registration."""

from events.registration.forms.joint import REFUSE, RefuseForm
from events.registration.forms.members import MemberForm, PasteForm
from events.registration.forms.seats import DECLINE, DeclineForm, OwnPageForm
from events.registration.forms.teams import DetailsForm, StartForm, TurnAwayForm, WaiverForm
from events.registration.forms.visitors import VisitForm, visitors_from

__all__ = [
    "DECLINE",
    "REFUSE",
    "DeclineForm",
    "DetailsForm",
    "MemberForm",
    "OwnPageForm",
    "PasteForm",
    "RefuseForm",
    "StartForm",
    "TurnAwayForm",
    "VisitForm",
    "WaiverForm",
    "visitors_from",
]
