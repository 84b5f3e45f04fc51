"""The buttons of an agenda: each names the session it is about."""

from wtforms import HiddenField

from consortium.forms import ActForm


class ChoiceForm(ActForm):
    """Choose or drop one session."""

    session = HiddenField()

    @property
    def code(self) -> str:
        """The short code of the session."""
        return self.session.data or ""


class SwapForm(ChoiceForm):
    """Take one session, give another up."""

    give_up = HiddenField()

    @property
    def leaving(self) -> str:
        """The short code of the session to give up."""
        return self.give_up.data or ""
