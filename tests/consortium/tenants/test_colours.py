import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.tenants.domain.colours import (
    DARK_CARD,
    DARK_FAINT,
    PAPER,
    READABLE,
    Unreadable,
    check_brand,
    contrast,
    palette,
)

pytestmark = pytest.mark.pure

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_agrees_with_the_figures_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#ffffff", "#ffffff") == 1
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert round(contrast("#0000ff", "#ffffff"), 2) == 8.59


@given(COLOURS)
def test_palette_reads_wherever_pages_use_it(brand: str) -> None:
    light, dark = palette(brand).light, palette(brand).dark

    assert contrast(light.ink, light.brand) >= READABLE
    assert min(contrast(light.text, ground) for ground in (PAPER, light.soft)) >= READABLE
    assert contrast(dark.ink, dark.brand) >= READABLE
    assert min(contrast(dark.text, ground) for ground in (DARK_CARD, dark.soft)) >= READABLE
    assert contrast(DARK_FAINT, dark.soft) >= READABLE


def test_palette_keeps_a_colour_that_already_reads() -> None:
    assert palette("#1f4e79").light.brand == "#1f4e79"
    assert palette("#1f4e79").light.text == "#1f4e79"
    assert palette("#1f4e79").light.ink == "#ffffff"


@given(COLOURS)
def test_check_brand_takes_a_colour_exactly_when_white_text_on_it_reads(brand: str) -> None:
    try:
        assert check_brand(brand) == brand
    except Unreadable:
        assert contrast(brand, "#ffffff") < READABLE
    else:
        assert contrast(brand, "#ffffff") >= READABLE


def test_check_brand_offers_a_darker_shade_that_passes() -> None:
    with pytest.raises(Unreadable) as refused:
        check_brand("#FFD400")

    assert refused.value.field == "brand_colour"
    assert refused.value.message == (
        "White text on #ffd400 is hard to read: its contrast is 1.4 to 1, and 4.5 to 1 is needed. "
        "The nearest darker shade that works is #8c7500."
    )
    assert check_brand("#8c7500") == "#8c7500"


@pytest.mark.parametrize("text", ["", "blue", "1f4e79", "#1f4", "#1f4e7g", "#1f4e79; }", "#١٢٣٤٥٦"])
def test_check_brand_asks_for_six_hexadecimal_digits(text: str) -> None:
    with pytest.raises(Unreadable, match="six digits or letters"):
        check_brand(text)
