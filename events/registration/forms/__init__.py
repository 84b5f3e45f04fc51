"""The forms of registration."""

from events.registration.forms.members import MemberForm, PasteForm
from events.registration.forms.seats import DECLINE, DeclineForm, OwnPageForm
from events.registration.forms.teams import DetailsForm, StartForm, TurnAwayForm, WaiverForm
from events.registration.forms.visitors import VisitForm, visitors_from

__all__ = [
    "DECLINE",
    "DeclineForm",
    "DetailsForm",
    "MemberForm",
    "OwnPageForm",
    "PasteForm",
    "StartForm",
    "TurnAwayForm",
    "VisitForm",
    "WaiverForm",
    "visitors_from",
]
