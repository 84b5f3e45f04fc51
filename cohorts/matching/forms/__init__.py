"""What is asked of coordinators and participants in peer matching."""

from cohorts.matching.forms.peers import MOST_EACH, RunForm, SharingForm

__all__ = ["MOST_EACH", "RunForm", "SharingForm"]
