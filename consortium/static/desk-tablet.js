// What a tablet keeps for itself at a desk: its choices, and nothing more once someone signs out.

// Whoever signs out takes the roster from the tablet; what waits stays, and the person is told.
export const guardLeaving = ({ left, tell, status }) => {
  window.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-leaves]") || form.dataset.warned) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.dataset.warned = "1";
    const waiting = await left().catch(() => []);
    if (!waiting.length) {
      form.requestSubmit();
      return;
    }
    tell(waiting.length);
    status.scrollIntoView();
  }, true);
};

// The desk's name and whether it lets people in or out stay as they were chosen last.
export const remember = (controls) => {
  for (const control of controls) {
    const name = `desk ${control.id || control.name}`;
    control.value = localStorage.getItem(name) ?? control.value;
    control.addEventListener("change", () => localStorage.setItem(name, control.value));
  }
};
