"""An act that a form asks for, as the tests try it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Act:
    """What someone fills in on the page, and what is written down about it."""

    named: str
    """The act's name in the audit."""
    by: str = "coordinator"
    fills: Mapping[str, Any] = field(default_factory=dict)
    """What differs from the form as the page shows it."""
    at: Mapping[str, str] = field(default_factory=dict)
    """Which thing of the world a parameter names, where it is not the usual one."""
    changes: bool = True
    """Whether something is different afterwards; a mail sent once more changes nothing."""
    on: str = ""
    """The route of the page that has the form; the same address unless said."""
