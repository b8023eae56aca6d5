// Asks now and then whether what is on show was changed by somebody, and says so. Without scripts, a reload does it.
const EVERY = 20000;

for (const said of document.querySelectorAll("[data-fresh]")) {
  said.querySelector("a").href = window.location.href;
  const ask = async () => {
    if (document.hidden) return;
    const headers = { "If-None-Match": `"${said.dataset.version}"`, "X-Only-Looking": "yes" };
    const answer = await fetch(said.dataset.fresh, { headers, cache: "no-store" }).catch(() => null);
    if (answer && (answer.status === 200 || answer.status === 401)) {
      said.hidden = false;
      clearInterval(asking);
    }
  };
  const asking = setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}
