"""The address of an institute, made of its title."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 60
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
# Addresses below /institutes/ that are pages of their own.
RESERVED = frozenset({"new"})


def slug_of(title: str) -> str:
    """Return the title in small letters and hyphens, cut at a word; never empty."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = _NOT_IN_SLUGS.sub("-", plain).strip("-")
    if len(slug) > LONGEST:
        cut = slug[: LONGEST + 1].rfind("-")
        slug = slug[: cut if cut > 0 else LONGEST]
    return slug or "institute"


def free_slug(wanted: str, *, taken: Collection[str]) -> str:
    """Return ``wanted``, or the first of ``wanted-2``, ``wanted-3`` … that is free."""
    slug, number = wanted, 1
    while slug in taken or slug in RESERVED:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
