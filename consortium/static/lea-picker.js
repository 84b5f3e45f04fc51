// Districts appear while one types their name. Without this script the button Find does the same:
// both fill one list of radio buttons, so a choice is made and read out alike.

const WAIT = 250; // milliseconds without a key before the list is fetched

for (const picker of document.querySelectorAll("[data-lea-search]")) {
  const text = picker.querySelector("input[type=text]");
  const state = picker.querySelector("select");
  const status = picker.querySelector("[role=status]");
  const fieldset = picker.querySelector("fieldset");
  const options = picker.querySelector("[data-options]");
  const template = picker.querySelector("template");
  let timer = 0;
  let running = new AbortController();

  const option = (lea) => {
    const row = template.content.firstElementChild.cloneNode(true);
    const [radio, label] = [row.querySelector("input"), row.querySelector("label")];
    radio.value = lea.id;
    radio.id = label.htmlFor = radio.id.replace("0000000", lea.id);
    label.querySelector("span").textContent = `${lea.name} (${lea.place})`;
    label.querySelector("small").textContent = lea.facts;
    return row;
  };

  const show = (leas, words) => {
    const chosen = options.querySelector("input:checked")?.closest(".form-check");
    const id = chosen?.querySelector("input").value;
    const others = leas.filter((lea) => lea.id !== id).map(option);
    options.replaceChildren(...(chosen ? [chosen] : []), ...others);
    fieldset.hidden = options.childElementCount === 0;
    status.textContent = words;
  };

  const search = async () => {
    running.abort();
    running = new AbortController();
    const wanted = new URLSearchParams({ q: text.value, state: state.value });
    if (!text.value.trim() && !state.value) {
      show([], "");
      return;
    }
    try {
      const answer = await fetch(`${picker.dataset.leaSearch}?${wanted}`, { signal: running.signal });
      const said = await answer.json();
      show(said.leas ?? [], said.error ?? said.words);
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = picker.dataset.failed;
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(search, WAIT);
  };
  text.addEventListener("input", soon);
  state.addEventListener("change", soon);
}
