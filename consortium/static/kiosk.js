// A kiosk goes back to its beginning by itself, and reads badges by the camera where it can.

import { offerCamera } from "./desk-camera.js";

const QUIET = 60_000; // milliseconds without a touch, after which nobody's typing stands there any more
const box = document.querySelector("input[name=code]");
const form = box.form;

for (const greeting of document.querySelectorAll("[data-goes]")) {
  setTimeout(() => greeting.remove(), Number(greeting.dataset.goes) * 1000);
}

let timer = 0;
const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    form.reset();
    for (const field of form.querySelectorAll("input:not([type=hidden])")) field.value = "";
    box.focus();
  }, QUIET);
};
document.addEventListener("input", soon);
soon();

// A scanner types wherever the cursor is; at a kiosk that is the code, unless a name is typed.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, button, a");
  if (!typing && event.key.length === 1) box.focus();
});

offerCamera({
  video: document.getElementById("desk-video"),
  toggle: document.getElementById("desk-camera"),
  read: (text) => {
    box.value = text;
    form.requestSubmit();
  },
  turned: (on) => sessionStorage.setItem("camera", on ? "1" : ""),
  on: Boolean(sessionStorage.getItem("camera")), // the page is a new one after each guest
});
