"""What coordinators and participants fill in about credit."""

from events.credit.forms.answering import EvaluationForm, evaluation_form
from events.credit.forms.asking import PartForm, QuestionsForm
from events.credit.forms.records import HoldForm, LicenceForm, WithdrawForm
from events.credit.forms.rules import RuleForm, SettingsForm

__all__ = [
    "EvaluationForm",
    "HoldForm",
    "LicenceForm",
    "PartForm",
    "QuestionsForm",
    "RuleForm",
    "SettingsForm",
    "WithdrawForm",
    "evaluation_form",
]
