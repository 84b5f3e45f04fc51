"""Which colors and sizes of text a page shows, so that each is judged once, not on every page."""

from playwright.sync_api import Page

LOOKS = """() => {
  const looks = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (!texts.currentNode.data.trim()) continue;
    let element = texts.currentNode.parentElement;
    const own = getComputedStyle(element);
    const look = [own.color, own.fontSize, own.fontWeight, own.textShadow];
    for (; element; element = element.parentElement) {
      const style = getComputedStyle(element);
      look.push([style.backgroundColor, style.backgroundImage, style.opacity, style.filter]);
    }
    looks.add(look.filter((part) => String(part) !== "rgba(0, 0, 0, 0),none,1,none").join(";"));
  }
  for (const field of document.querySelectorAll("input, select, textarea, button")) {
    const style = getComputedStyle(field);
    const hint = getComputedStyle(field, "::placeholder");
    looks.add([style.color, style.backgroundColor, hint.color, style.fontSize].join(";"));
  }
  return [...looks];
}"""


def looks_of(page: Page) -> set[str]:
    """Return how the page's texts look: color, size, weight, and all that lies behind them.

    Two texts of one look have the same contrast, on whatever page they are.
    """
    return set(page.evaluate(LOOKS))
