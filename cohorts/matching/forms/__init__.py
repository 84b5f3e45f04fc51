"""What is asked of coordinators and participants in peer matching."""

from cohorts.matching.forms.peers import RunForm, SharingForm

__all__ = ["RunForm", "SharingForm"]
