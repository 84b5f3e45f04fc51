"""What a lead says to something that needs both leads."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired

from consortium.forms import ActForm
from consortium.words import say

REFUSE = "refuse"
"""What the names of the fields of ``RefuseForm`` begin with."""


class RefuseForm(ActForm):
    """Why a lead does not agree."""

    note = TextAreaField(
        say("Why do you not agree?"),
        [DataRequired(say("Write the reason."))],
        description=say("The other lead reads it."),
        render_kw={"rows": 3},
    )
