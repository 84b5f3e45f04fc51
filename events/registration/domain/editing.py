"""Two people edit one thing at once: what does not overlap is merged, what does is shown to both.

A form carries the values with which it was opened. They are only the editor's own view: whoever
forges them gets no other right than to overwrite what may be overwritten anyway, by a form opened
anew. So they are compared, and need no signature.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from consortium.errors import Conflict
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One field: how the page was opened, what is stored now, what was sent."""

    label: str
    base: Any
    stored: Any
    sent: Any
    words: Callable[[Any], str] = str

    @property
    def clashes(self) -> bool:
        """Whether two people changed it, to two different things."""
        return self.stored not in (self.base, self.sent) and self.sent != self.base

    @property
    def merged(self) -> Any:
        """What it should be: as sent where it was touched, otherwise as it is stored."""
        return self.stored if self.sent == self.base else self.sent


class EditConflict(Conflict):
    """Someone else changed the same field meanwhile.

    ``merged`` is what the form would be, filled anew with nothing typed lost.
    """

    def __init__(self, edits: Mapping[str, Edit]) -> None:
        clashes = [edit for edit in edits.values() if edit.clashes]
        super().__init__(
            say("Someone else changed this while your page was open. Nothing was saved."),
            versions=tuple(
                (edit.label, edit.words(edit.stored), edit.words(edit.sent)) for edit in clashes
            ),
        )
        self.merged = {name: edit.merged for name, edit in edits.items()}


def merged(edits: Mapping[str, Edit]) -> Mapping[str, Any]:
    """Return what each field should be. Raises ``EditConflict`` where two changed the same one."""
    if any(edit.clashes for edit in edits.values()):
        raise EditConflict(edits)
    return {name: edit.merged for name, edit in edits.items()}
