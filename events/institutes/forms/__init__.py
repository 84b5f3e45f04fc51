"""What coordinators fill in about an institute. Shape is checked here; rules live in ``domain``."""

from events.institutes.forms.basics import BasicsForm, NewInstituteForm
from events.institutes.forms.dates import DaysForm, DeadlinesForm, HostsForm
from events.institutes.forms.money import FeesForm, PlacesForm
from events.institutes.forms.people import AdmissionForm, RoleForm, TeamForm
from events.institutes.forms.registering import StrandsForm, TogetherForm, WaysForm

__all__ = [
    "AdmissionForm",
    "BasicsForm",
    "DaysForm",
    "DeadlinesForm",
    "FeesForm",
    "HostsForm",
    "NewInstituteForm",
    "PlacesForm",
    "RoleForm",
    "StrandsForm",
    "TeamForm",
    "TogetherForm",
    "WaysForm",
]
