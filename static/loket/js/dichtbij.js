// Only here: without this file you type where you look. The browser is asked on a press, never before, and the answer goes
// to the address bar alone, to about a hundred metres.

const CIJFERS = 3;
const RUIM_GENOEG = "5";

for (const deel of document.querySelectorAll("[data-dichtbij]")) {
  const formulier = deel.closest("form");
  const knop = deel.querySelector("button");
  const melding = deel.querySelector('[role="status"]');
  if (!formulier || !navigator.geolocation) continue;
  deel.hidden = false;

  const zoekBij = ({ coords }) => {
    let bij = formulier.elements.bij;
    if (!bij) {
      bij = document.createElement("input");
      bij.type = "hidden";
      bij.name = "bij";
      formulier.append(bij);
    }
    bij.value = `${coords.latitude.toFixed(CIJFERS)},${coords.longitude.toFixed(CIJFERS)}`;
    formulier.elements.waar.value = "";
    formulier.elements.ver.value ||= RUIM_GENOEG;
    formulier.requestSubmit();
  };

  knop.addEventListener("click", () => {
    melding.textContent = deel.dataset.bezig;
    navigator.geolocation.getCurrentPosition(
      zoekBij,
      () => {
        melding.textContent = deel.dataset.weigert;
        formulier.elements.waar.focus();
      },
      { maximumAge: 300_000, timeout: 15_000 },
    );
  });
}
