// Warns before the page is forgotten for safety, and lets the person stay (WCAG 2.2, 2.2.1).
// The dialog is in the page; `data-seconds` is how long the session lasts, `data-warn` how long before its end to say so.
export function startTimeout(root) {
  const dialog = root.querySelector("dialog[data-timeout]");
  if (!dialog) return;
  const clock = dialog.querySelector("[data-timeout-left]");
  const stay = dialog.querySelector("[data-timeout-stay]");
  const lasts = Number(dialog.dataset.seconds) * 1000;
  const warn = Number(dialog.dataset.warn) * 1000;
  let endsAt = Date.now() + lasts;

  function tick() {
    const left = endsAt - Date.now();
    if (left <= 0) {
      window.location.assign(dialog.dataset.ended);
      return;
    }
    if (left <= warn && !dialog.open) dialog.showModal();
    if (dialog.open) clock.textContent = leftWords(left, dialog.dataset);
    window.setTimeout(tick, left > warn ? left - warn : 1000);
  }

  async function keep(event) {
    event.preventDefault();
    const answer = await fetch(dialog.dataset.keep, { method: "GET", credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) {
      window.location.assign(dialog.dataset.ended);
      return;
    }
    endsAt = Date.now() + lasts;
    dialog.close();
  }

  stay.addEventListener("click", keep);
  dialog.addEventListener("cancel", keep);
  tick();
}

// Whole minutes while there are any, so that a screen reader is not told every second.
function leftWords(left, words) {
  const minutes = Math.ceil(left / 60000);
  return minutes > 1 ? words.minutes.replace("COUNT", String(minutes)) : words.minute;
}
