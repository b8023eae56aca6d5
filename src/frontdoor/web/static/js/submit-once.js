// A form that is sent twice is answered once by the server; this saves the second wait. The button is not disabled,
// since a disabled button cannot be reached or explained: a second press within the wait is simply not sent.
const WAIT = 4000;

export function startOnce(root) {
  for (const form of root.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      const last = Number(form.dataset.sentAt || 0);
      if (Date.now() - last < WAIT) {
        event.preventDefault();
        return;
      }
      form.dataset.sentAt = String(Date.now());
    });
  }
  // A page brought back by the Back button may be sent again at once.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent-at]")) delete form.dataset.sentAt;
  });
}
