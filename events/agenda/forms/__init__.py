"""What people and hosts fill in on the pages of agendas."""

from events.agenda.forms.agenda import AnswerForm, ChoiceForm, PlaceForm
from events.agenda.forms.ranking import DecideForm, DraftForm, RankedRoundForm, RankForm, rank_form

__all__ = [
    "AnswerForm",
    "ChoiceForm",
    "DecideForm",
    "DraftForm",
    "PlaceForm",
    "RankForm",
    "RankedRoundForm",
    "rank_form",
]
