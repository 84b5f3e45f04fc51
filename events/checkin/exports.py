"""Badges as PDF."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import segno
from flask import current_app

from consortium.lettering import printable
from consortium.ports import Printer
from consortium.words import say
from events.checkin.domain.badges import Face, Paper
from events.institutes.models import Institute

QUIET = 4
"""Modules of margin that readers want around a code."""
Run = tuple[int, int, int]
"""Dark modules beside each other: in which row, from which column, how many."""


def badges_pdf(institute: Institute, faces: Sequence[Face], paper: Paper, *, host: str) -> bytes:
    """Return badges as a tagged PDF (PDF/UA), to be printed at full size."""
    printer: Printer = current_app.extensions["ports"].printer
    names = printable(face.name for face in faces)
    return printer.print("badges", badges_data(institute.title, faces, names, paper, host=host))


def badges_data(
    title: str, faces: Sequence[Face], names: Mapping[str, str], paper: Paper, *, host: str
) -> dict[str, Any]:
    """Return what the template of the badges sets; ``names`` is how each name can be printed."""
    return {
        "paper": paper.value,
        "title": say("Badges: %(institute)s", institute=title),
        "author": host,
        "institute": title,
        "badges": [_face(face, names[face.name]) for face in faces],
    }


@lru_cache(maxsize=4096)
def qr_runs(text: str) -> tuple[int, tuple[Run, ...]]:
    """Return a QR code as its size in modules, and its dark modules as runs.

    With the highest correction, which still reads when a third of it is covered: ten letters of
    a badge fit the smallest code with it (ISO/IEC 18004, version 1-H).
    """
    matrix = segno.make(text, error="h", micro=False, boost_error=False).matrix
    runs: list[Run] = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            begins = x
            while x < len(row) and row[x]:
                x += 1
            if x > begins:
                runs.append((y, begins, x - begins))
            x += 1
    return len(matrix), tuple(runs)


def qr_svg(text: str) -> str:
    """Return a QR code as a picture that scales; black on white also where pages are dark."""
    size, runs = qr_runs(text)
    whole = size + 2 * QUIET
    path = _path(runs, QUIET)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{whole}v{whole}H0z"/>'
        f'<path d="{path}"/></svg>'
    )


def _path(runs: Iterable[Run], margin: int = 0) -> str:
    """Return the dark modules as the path of an SVG picture."""
    return "".join(f"M{x + margin} {y + margin}h{n}v1h-{n}z" for y, x, n in runs)


def _face(face: Face, name: str) -> dict[str, Any]:
    size, runs = qr_runs(face.code)
    return {
        "name": name,
        "role": face.role,
        "lea": face.lea,
        "code": face.spaced,
        "box": f"{size} {size}",
        "path": _path(runs),
    }
