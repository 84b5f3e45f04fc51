// Reads badges by the tablet's camera, where the browser can (BarcodeDetector).

const PAUSE = 200;
const SAME = 3_000; // milliseconds in which a badge held still is one scan

const cameraReads = async () => {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return false;
  const kinds = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
  return kinds.includes("qr_code");
};

const camera = (video, onCode) => {
  const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  let stream = null;
  let last = { code: "", at: 0 };

  const look = async () => {
    if (!stream) return;
    const found = await detector.detect(video).catch(() => []);
    for (const { rawValue } of found) {
      if (rawValue === last.code && Date.now() - last.at < SAME) continue;
      last = { code: rawValue, at: Date.now() };
      onCode(rawValue);
    }
    setTimeout(look, PAUSE);
  };

  return {
    start: async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      await video.play();
      look();
    },
    stop: () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
      stream = null;
      video.srcObject = null;
    },
  };
};

// Shows the button that turns the camera on and off, where the browser can read codes with it.
export const offerCamera = async ({ video, toggle, read, failed = () => {}, turned = () => {}, on = false }) => {
  if (!(await cameraReads())) return;
  const reader = camera(video, read);
  const set = async (wanted) => {
    try {
      if (wanted) await reader.start();
      else reader.stop();
    } catch (error) {
      failed(error.message);
      return;
    }
    toggle.setAttribute("aria-pressed", String(wanted));
    video.hidden = !wanted;
    turned(wanted);
  };
  toggle.hidden = false;
  toggle.addEventListener("click", () => set(toggle.getAttribute("aria-pressed") !== "true"));
  if (on) await set(true);
};
