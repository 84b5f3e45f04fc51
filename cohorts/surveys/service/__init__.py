"""What others may ask about surveys."""

from cohorts.surveys.service.part import surveys_of
from cohorts.surveys.service.readers import Waiting, open_waves_of
from cohorts.surveys.service.results import Moved, survey_change

__all__ = ["Moved", "Waiting", "open_waves_of", "survey_change", "surveys_of"]
