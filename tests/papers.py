"""What a PDF says that was downloaded, as far as this machine can read one."""

import re
import shutil
import subprocess
from pathlib import Path

SMALLEST = 10_000
"""No paper is smaller: its fonts travel with it."""


def can_be_read() -> bool:
    """Tell whether this machine has a program that reads PDFs."""
    return shutil.which("pdftotext") is not None


def words_on(file: Path) -> str | None:
    """Return the words of a tagged PDF; ``None`` where no program here can read it."""
    content = file.read_bytes()
    assert content.startswith(b"%PDF")
    assert len(content) > SMALLEST
    if not can_be_read():
        return None
    read = subprocess.run(
        ["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, text=True
    )
    told = subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True, text=True)
    assert re.search(r"Tagged:\s+yes", told.stdout)
    return read.stdout


def the_paper_says(file: Path, *words: str) -> bool:
    """Tell whether the PDF says all of this; yes, where it cannot be read."""
    said = words_on(file)
    return said is None or all(word in said for word in words)
