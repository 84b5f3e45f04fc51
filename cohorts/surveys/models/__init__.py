"""What is stored of surveys: what is asked, of whom, and, apart from them, what was answered."""

from cohorts.surveys.models.answers import ONE_REPLY, SurveyPlace, SurveyReply, SurveyTies
from cohorts.surveys.models.instruments import CODE_TAKEN, SurveyInstrument
from cohorts.surveys.models.names import NAMED_ONCE, ONE_LINK, SurveyLink, SurveyName
from cohorts.surveys.models.waves import SurveyPartnership, SurveyWave, WaveKind

__all__ = [
    "CODE_TAKEN",
    "NAMED_ONCE",
    "ONE_LINK",
    "ONE_REPLY",
    "SurveyInstrument",
    "SurveyLink",
    "SurveyName",
    "SurveyPartnership",
    "SurveyPlace",
    "SurveyReply",
    "SurveyTies",
    "SurveyWave",
    "WaveKind",
]
