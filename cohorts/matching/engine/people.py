"""Who is matched, as the engine sees a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who may be matched; ``lea`` is what two peers must not have in common."""

    id: str
    lea: str
    state: str = ""
    role: str = ""
    enrollment: int | None = None
    """Students of the LEA; ``None`` where nobody counted them."""
    locale: str = ""
    """NCES urban-centric code, two digits: the first the kind of place; empty when not known."""
    poverty: int | None = None
    """Percent of the LEA's children, 0 to 100; ``None`` when not known."""
    goals: tuple[str, ...] = ()
    """Most important first."""
    asks: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    slots: frozenset[str] = frozenset()
    """When the person has time."""
    consents: bool = True
    most: int = 3
    """How many peers the person gets at most."""
    never: frozenset[str] = frozenset()
    """Whom the person met before or must not meet; read in both directions."""
