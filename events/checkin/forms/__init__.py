"""The forms of check-in."""

from events.checkin.forms.badges import PrintForm
from events.checkin.forms.correcting import CorrectForm, StrikeForm
from events.checkin.forms.desk import CheckInForm, DeskForm, ScansForm, UndoForm
from events.checkin.forms.doors import ComeForm, DoorsForm, KioskForm
from events.checkin.forms.fields import DIRECTION_WORDS
from events.checkin.forms.walking_in import WalkInForm

__all__ = [
    "DIRECTION_WORDS",
    "CheckInForm",
    "ComeForm",
    "CorrectForm",
    "DeskForm",
    "DoorsForm",
    "KioskForm",
    "PrintForm",
    "ScansForm",
    "StrikeForm",
    "UndoForm",
    "WalkInForm",
]
