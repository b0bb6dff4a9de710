// Forms work without this file. It takes you to what went wrong, and keeps a double tap from sending twice.

const lijst = document.querySelector(".foutlijst:not([data-voorbeeld] *)");
lijst?.focus();

lijst?.addEventListener("click", (klik) => {
  const link = klik.target.closest('a[href^="#"]');
  const veld = link && document.getElementById(link.hash.slice(1));
  if (!veld) return;
  klik.preventDefault();
  // The question above the input has to be in view, or you do not know what you are filling in.
  (veld.closest("fieldset.groep") ?? veld.closest(".veld") ?? veld).scrollIntoView();
  veld.focus({ preventScroll: true });
});

const LANG_GENOEG = 8000;

document.addEventListener("submit", (verzending) => {
  const formulier = verzending.target;
  if (verzending.defaultPrevented || formulier.method !== "post") return;
  if (formulier.ariaBusy === "true") {
    verzending.preventDefault();
    return;
  }
  // Not disabled: a disabled button would not send its name and value.
  const bezig = [formulier, verzending.submitter].filter(Boolean);
  for (const deel of bezig) deel.ariaBusy = "true";
  // A download leaves you on the page: then the form must work again.
  const klaar = () => bezig.forEach((deel) => { deel.ariaBusy = null; });
  setTimeout(klaar, LANG_GENOEG);
  addEventListener("pageshow", klaar, { once: true });
});
