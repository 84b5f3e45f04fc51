// Passkeys: asks the browser for one and hands its answer to the page's form. Without this script,
// or without passkeys in the browser, the mailed code remains.

const possible = Boolean(window.PublicKeyCredential);

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

const ask = async (options) => {
  const question = { ...options, challenge: bytes(options.challenge) };
  if (options.user) {
    question.user = { ...options.user, id: bytes(options.user.id) };
    question.excludeCredentials = known(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: question });
  }
  question.allowCredentials = known(options.allowCredentials);
  return navigator.credentials.get({ publicKey: question });
};

const said = ({ id, rawId, type, response }) => {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const held = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(held) });
};

const wordsFor = (error, words) => {
  if (error.name === "NotAllowedError" || error.name === "AbortError") return words.stopped;
  if (error.name === "InvalidStateError") return words.known;
  return error.message === "429" ? words.often : words.failed;
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const status = form.querySelector("[role=status]");
  let busy = false;

  const use = async () => {
    if (busy) return;
    busy = true;
    status.textContent = form.dataset.waiting;
    try {
      const answer = await fetch(form.dataset.passkey, {
        method: "POST",
        headers: { "X-CSRFToken": form.elements.csrf_token.value },
      });
      if (answer.redirected) {
        location.assign(answer.url); // something is asked first, such as a second proof
        return;
      }
      if (!answer.ok) throw new Error(answer.status);
      form.elements.credential.value = said(await ask(await answer.json()));
      form.requestSubmit();
    } catch (error) {
      status.textContent = wordsFor(error, form.dataset);
    }
    busy = false;
  };

  form.querySelector("button").addEventListener("click", use);
  form.hidden = !possible;
}

for (const note of document.querySelectorAll("[data-no-passkeys]")) note.hidden = possible;
for (const field of document.querySelectorAll("[data-passkeys-possible]"))
  field.value = possible ? "1" : "";
