"""What a group of a cohort may be called."""

import re

from consortium.words import say
from events.registration.domain.refusals import RegistrationRefused

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}")
FOR_ALL = "both"
"""What programmes write for meetings of all groups; no group can be called so."""


def check_group(code: str) -> None:
    """Raise ``RegistrationRefused`` for what no group can be called; empty is no group."""
    if not code:
        return
    if not _CODE.fullmatch(code) or code.lower() == FOR_ALL:
        raise RegistrationRefused(
            say(
                "“%(code)s” is no name for a group. Use letters and digits, at most 40, such as "
                "cohort_1. “both” means all groups.",
                code=code[:60],
            )
        )
