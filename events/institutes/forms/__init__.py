"""What coordinators fill in about an institute. Shape is checked here; rules live in ``domain``."""

from events.institutes.forms.basics import BasicsForm, NewInstituteForm
from events.institutes.forms.cancelling import CancelForm
from events.institutes.forms.dates import DaysForm, DeadlinesForm, HostsForm
from events.institutes.forms.money import FeesForm, PlacesForm
from events.institutes.forms.people import AdmissionForm, RoleForm, TeamForm
from events.institutes.forms.registering import StrandsForm, TogetherForm, WaysForm
from events.institutes.forms.terms import TermsForm

__all__ = [
    "AdmissionForm",
    "BasicsForm",
    "CancelForm",
    "DaysForm",
    "DeadlinesForm",
    "FeesForm",
    "HostsForm",
    "NewInstituteForm",
    "PlacesForm",
    "RoleForm",
    "StrandsForm",
    "TeamForm",
    "TermsForm",
    "TogetherForm",
    "WaysForm",
]
