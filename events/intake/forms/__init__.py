"""What people fill in to apply, to pledge, to choose and to invite."""

from events.intake.forms.applying import ApplyForm, DeclineForm, LeaderForm, SignForm, StatementForm
from events.intake.forms.choosing import ByHandForm, TableForm
from events.intake.forms.inviting import InviteForm, PasteInvitationsForm
from events.intake.forms.late import LateApplicationForm, LeaveForm
from events.intake.forms.settings import GroundForm, LetterForm, MixForm, PledgesForm

__all__ = [
    "ApplyForm",
    "ByHandForm",
    "DeclineForm",
    "GroundForm",
    "InviteForm",
    "LateApplicationForm",
    "LeaderForm",
    "LeaveForm",
    "LetterForm",
    "MixForm",
    "PasteInvitationsForm",
    "PledgesForm",
    "SignForm",
    "StatementForm",
    "TableForm",
]
