// Says at once, in words, when a chosen file is larger than the page accepts; the server judges it again.
const MEGABYTE = 1000 * 1000;

export function startUploads(root) {
  for (const input of root.querySelectorAll("input[type=file][data-largest]")) {
    const said = root.getElementById(`${input.id}-said`);
    if (!said) continue;
    input.addEventListener("change", () => {
      const largest = Number(input.dataset.largest);
      const files = [...input.files];
      const over = files.find((file) => file.size > largest);
      said.textContent = over
        ? said.dataset.tooLarge.replace("NAME", over.name).replace("LARGEST", String(Math.floor(largest / MEGABYTE)))
        : files.map((file) => file.name).join(", ");
      said.classList.toggle("govuk-error-message", Boolean(over));
    });
  }
}
