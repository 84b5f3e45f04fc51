"""Papers are tagged PDF, and no text of a name breaks them."""

from pathlib import Path
from typing import Any

import pytest

from consortium.adapters.typst_printer import TypstPrinter

pytestmark = pytest.mark.pure
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "A paper")
#set text(lang: "en")
= #data.name
"""


@pytest.fixture
def printer(tmp_path: Path) -> TypstPrinter:
    """Return a printer with one small template."""
    (tmp_path / "paper.typ").write_text(TEMPLATE)
    return TypstPrinter(tmp_path)


def test_a_paper_is_tagged(printer: TypstPrinter) -> None:
    paper = printer.print("paper", {"name": "Kim Day"})

    assert paper.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in paper
    assert b"/MarkInfo" in paper


@pytest.mark.parametrize(
    "name", ["\u0e2b\u0e0d\u0e34\u0e07", "\U0001f393", "\u6f22", "\u1f0a1\u0301", "\U000102a7"]
)
def test_letters_that_no_font_has_do_not_cost_the_paper(printer: TypstPrinter, name: str) -> None:
    assert printer.print("paper", {"name": name}).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "name", ['#panic("x")', "$x$ *b* _i_ `c`", '\\" ] ) }', "/* // */", "\\u{41}"]
)
def test_text_is_never_markup(printer: TypstPrinter, name: str) -> None:
    plain = printer.print("paper", {"name": "x" * len(name)})

    assert abs(len(printer.print("paper", {"name": name})) - len(plain)) < 5_000


def test_a_fault_of_the_template_is_told(printer: TypstPrinter) -> None:
    data: dict[str, Any] = {"nothing": 1}

    with pytest.raises(RuntimeError, match="name"):
        printer.print("paper", data)


def test_another_word_in_a_template_is_another_edition(tmp_path: Path) -> None:
    (tmp_path / "paper.typ").write_text(TEMPLATE)
    first, again = TypstPrinter(tmp_path).edition, TypstPrinter(tmp_path).edition
    (tmp_path / "paper.typ").write_text(TEMPLATE.replace("A paper", "Another"))

    assert first == again != TypstPrinter(tmp_path).edition


def test_what_no_font_has_is_told_beforehand(printer: TypstPrinter) -> None:
    words = ("Kim", "Nguyễn", "Дмитрий", "محمد", "\U000102a7\U000102a8", "Kim-\U000102a7")

    assert printer.unprintable(words) == {"\U000102a7\U000102a8", "Kim-\U000102a7"}
