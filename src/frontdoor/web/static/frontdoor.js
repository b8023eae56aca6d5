// Everything a page gains when scripts run. Every page works without: each part looks for its own mark in the page
// and leaves the page as it is when it finds none.
import { initAll } from "./vendor/govuk-frontend/govuk-frontend.min.js";
import { startOnce } from "./js/submit-once.js";
import { startTimeout } from "./js/timeout.js";
import { startUploads } from "./js/upload.js";
import { startFilters } from "./js/filters.js";
import { startChoices } from "./js/choices.js";

initAll();
startOnce(document);
startTimeout(document);
startUploads(document);
startFilters(document);
startChoices(document);

if (document.querySelector("[data-map]")) {
  const { startMaps } = await import("./js/map.js");
  startMaps(document);
}
