"""Text that spreadsheet programs would read as a formula, made harmless and given back.

A CSV file has no types: Excel, LibreOffice and Sheets take a cell that begins with one of
``RISKY`` for a formula, so ``+1 609 555 0142`` becomes a number and ``=HYPERLINK(…)`` a live
link. A leading apostrophe makes them take it as text; since an apostrophe that was already
there gets one more, ``unguard`` gives every text back as it was.

XLSX cells have a type. Write them as text cells (``write_string``); they need no guard.
"""

APOSTROPHE = "'"
# The last four are full-width forms, which Excel reads as the plain signs in some languages.
RISKY = frozenset("=+-@\t\r\n＝＋－＠") | {APOSTROPHE}


def guard(text: str) -> str:
    """Return the text as a CSV cell that no spreadsheet program takes for a formula."""
    return APOSTROPHE + text if text[:1] in RISKY else text


def unguard(cell: str) -> str:
    """Return the text that ``guard`` made the cell from; cells without a guard stay as they are."""
    guarded = cell[:1] == APOSTROPHE and cell[1:2] in RISKY
    return cell[1:] if guarded else cell
