// A filter bar that asks again as soon as a choice is made; without scripts its button does the same.
export function startFilters(root) {
  for (const form of root.querySelectorAll("form[data-filter]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
    });
  }
}
