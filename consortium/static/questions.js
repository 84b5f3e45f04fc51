// Questions that are asked only after certain answers appear and go while one answers. Without this
// script all of them are shown, each with the sentence that says when it is meant.

const same = (given, wanted) =>
  given.trim().toLowerCase() === wanted.trim().toLowerCase() ||
  (given.trim() !== "" && Number(given) === Number(wanted));

const given = (name) => {
  const controls = [...document.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  if (controls.some((control) => control.closest("[data-shown-if]")?.hidden)) return [];
  return controls
    .filter((control) => !["checkbox", "radio"].includes(control.type) || control.checked)
    .map((control) => control.value);
};

const settle = () => {
  for (const question of document.querySelectorAll("[data-shown-if]")) {
    const wanted = JSON.parse(question.dataset.shownValues);
    const answers = given(question.dataset.shownIf);
    question.hidden = !answers.some((answer) => wanted.some((one) => same(answer, one)));
  }
};

document.addEventListener("input", settle);
settle();
