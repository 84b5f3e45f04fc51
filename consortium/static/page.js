// Small comforts; every page works without them.

// After a form came back with faults, bring the reader to the list of them.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

// One click is one act: a form that is on its way is not sent again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") form.dataset.sent = "1";
});
// Whoever leaves takes along what a check-in desk kept on this tablet; scans that wait stay.
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-leaves]")) indexedDB.deleteDatabase("consortium-roster");
});
// Coming back by the back button makes the form usable again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
