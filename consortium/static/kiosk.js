// A kiosk goes back to its beginning by itself, and reads badges by the camera where it can.

import { camera, cameraReads } from "./desk-camera.js";

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

cameraReads().then((can) => {
  if (!can) return;
  const video = document.getElementById("desk-video");
  const toggle = document.getElementById("desk-camera");
  const reader = camera(video, (text) => {
    box.value = text;
    form.requestSubmit();
  });
  const set = async (on) => {
    if (on) await reader.start();
    else reader.stop();
    toggle.setAttribute("aria-pressed", String(on));
    video.hidden = !on;
    sessionStorage.setItem("camera", on ? "1" : "");
  };
  toggle.hidden = false;
  toggle.addEventListener("click", () => set(toggle.getAttribute("aria-pressed") !== "true").catch(() => {}));
  if (sessionStorage.getItem("camera")) set(true).catch(() => {});
});
