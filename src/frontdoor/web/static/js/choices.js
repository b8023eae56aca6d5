// A long list of choices gets a box that narrows it as one types. Without scripts the list stands whole, under headings.
export function startChoices(root) {
  for (const list of root.querySelectorAll("[data-choices]")) addBox(list);
}

function addBox(list) {
  const id = "find-choice";
  const box = document.createElement("div");
  box.className = "govuk-form-group fd-choices__find";
  const label = Object.assign(document.createElement("label"), { className: "govuk-label", htmlFor: id, textContent: list.dataset.label });
  const input = Object.assign(document.createElement("input"), { className: "govuk-input govuk-input--width-20", id, type: "search", autocomplete: "off" });
  const said = Object.assign(document.createElement("p"), { className: "govuk-hint fd-choices__said" });
  said.setAttribute("role", "status");
  box.append(label, input, said);
  list.before(box);
  input.addEventListener("input", () => narrow(list, input.value, said));
  // Enter here looks for a choice and does not send the page.
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

function narrow(list, typed, said) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  let fitting = 0;
  for (const group of list.querySelectorAll("[data-choice-group]")) {
    const heading = group.querySelector("h2")?.textContent ?? "";
    let shown = 0;
    for (const choice of group.querySelectorAll("[data-choice]")) {
      const text = `${choice.textContent} ${heading}`.toLowerCase();
      const fits = words.every((word) => text.includes(word));
      choice.hidden = !fits && !choice.querySelector("input").checked;
      fitting += fits ? 1 : 0;
      shown += choice.hidden ? 0 : 1;
    }
    group.hidden = shown === 0;
  }
  const { one, several, none } = list.dataset;
  said.textContent = !words.length ? "" : fitting === 1 ? one : fitting ? several.replace("{count}", fitting) : none;
}
