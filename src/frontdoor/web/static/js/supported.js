// Says, before the page is drawn, that scripts run here; the design system shows its enhanced parts only then.
// A classic script on purpose: a module would run after the page is drawn and make it jump.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
