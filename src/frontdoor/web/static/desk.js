// Ctrl+Enter in the words of an enquiry presses the first button of its form. Without scripts, Tab and Enter do it.
document.addEventListener("keydown", (pressed) => {
  const words = pressed.target.closest?.("[data-sends]");
  if (!words || pressed.key !== "Enter" || !(pressed.ctrlKey || pressed.metaKey)) return;
  pressed.preventDefault();
  words.form.querySelector("button[type=submit]").click();
});
