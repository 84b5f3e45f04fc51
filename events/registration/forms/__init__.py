"""The forms of registration."""

from events.registration.forms.choices import ChoicesForm
from events.registration.forms.joint import REFUSE, RefuseForm
from events.registration.forms.leads import AppointForm, HandOverForm, LeadForm
from events.registration.forms.members import KeepForm, MemberForm, PasteForm, SubstituteForm
from events.registration.forms.offices import OfficeForm
from events.registration.forms.seats import DECLINE, DeclineForm, OwnPageForm
from events.registration.forms.substitutions import DecideForm
from events.registration.forms.teams import DetailsForm, StartForm, TurnAwayForm, WaiverForm
from events.registration.forms.visitors import VisitForm, visitors_from
from events.registration.forms.waiting import OfferForm, SubmitForm, WaitForm

__all__ = [
    "DECLINE",
    "REFUSE",
    "AppointForm",
    "ChoicesForm",
    "DecideForm",
    "DeclineForm",
    "DetailsForm",
    "HandOverForm",
    "KeepForm",
    "LeadForm",
    "MemberForm",
    "OfferForm",
    "OfficeForm",
    "OwnPageForm",
    "PasteForm",
    "RefuseForm",
    "StartForm",
    "SubmitForm",
    "SubstituteForm",
    "TurnAwayForm",
    "VisitForm",
    "WaitForm",
    "WaiverForm",
    "visitors_from",
]
