// The wishes move without a page load; without this file every button is a post that does the same.
// A grip, only here, can be dragged with mouse, pen or thumb. A list with `data-bewaar` is kept at each move.

const RAND = 60;
const VAART = 12;

for (const deel of document.querySelectorAll("[data-voorkeur]")) {
  const lijst = deel.querySelector(".wensen");
  const melding = deel.querySelector("[data-melding]");
  if (!lijst || !melding) continue;
  const formulier = lijst.closest("form");

  const zeg = (zin, naam, plaats = "") => {
    melding.textContent = zin.replace("%(naam)s", naam).replace("%(plaats)s", plaats);
  };

  const ververs = () => {
    const wensen = [...lijst.children];
    wensen.forEach((wens, nr) => {
      wens.querySelector(".wens__op").disabled = nr === 0;
      wens.querySelector(".wens__neer").disabled = nr === wensen.length - 1;
    });
    return wensen;
  };

  const bewaar = () => {
    if (!("bewaar" in lijst.dataset)) return;
    const gegevens = new FormData(formulier);
    gegevens.set("actie", "volgorde");
    // When it can't be kept now, the next press of a button does it: the order stands in the page.
    fetch(formulier.action, { method: "POST", body: gegevens, keepalive: true, redirect: "manual" }).catch(() => {});
  };

  const geplaatst = (wens) => {
    zeg(melding.dataset.plaats, wens.dataset.naam, ververs().indexOf(wens) + 1);
    bewaar();
  };

  lijst.addEventListener("click", (klik) => {
    const knop = klik.target.closest('button[name="actie"]');
    const wens = knop?.closest(".wens");
    if (!wens) return;
    const naam = wens.dataset.naam;
    const soort = knop.value.replace(/-\d+$/, "");
    if (soort === "verwijder") {
      // The last one goes by post: then the page says what to do with an empty list.
      if (lijst.children.length === 1 || "bewaar" in lijst.dataset) return;
      klik.preventDefault();
      const buur = wens.nextElementSibling ?? wens.previousElementSibling;
      wens.remove();
      ververs();
      buur.querySelector('button[value^="verwijder"]').focus();
      zeg(melding.dataset.weg, naam);
      return;
    }
    klik.preventDefault();
    if (soort === "omhoog") wens.previousElementSibling?.before(wens);
    else wens.nextElementSibling?.after(wens);
    geplaatst(wens);
    // A button that can go no further would lose the focus.
    (knop.disabled ? wens.querySelector("button:not(:disabled)") : knop).focus();
  });

  if (lijst.children.length < 2) continue;
  for (const wens of lijst.children) {
    const greep = document.createElement("span");
    greep.className = "wens__greep";
    greep.setAttribute("aria-hidden", "true");
    wens.prepend(greep);
  }

  lijst.addEventListener("pointerdown", (greep) => {
    const wens = greep.target.closest(".wens__greep")?.closest(".wens");
    if (!wens || greep.button !== 0) return;
    greep.preventDefault();
    greep.target.setPointerCapture(greep.pointerId);
    const eerst = [...lijst.children];
    wens.classList.add("wens--sleept");

    const sleep = ({ clientY }) => {
      const midden = ({ top, height }) => top + height / 2;
      // The others move, not this one: an element that leaves the page loses the pointer.
      let buur;
      while ((buur = wens.previousElementSibling) && clientY < midden(buur.getBoundingClientRect())) wens.after(buur);
      while ((buur = wens.nextElementSibling) && clientY > midden(buur.getBoundingClientRect())) wens.before(buur);
      if (clientY < RAND) scrollBy(0, -VAART);
      else if (clientY > innerHeight - RAND) scrollBy(0, VAART);
    };
    const klaar = ({ type }) => {
      greep.target.removeEventListener("pointermove", sleep);
      greep.target.removeEventListener("pointerup", klaar);
      greep.target.removeEventListener("pointercancel", klaar);
      wens.classList.remove("wens--sleept");
      if (type === "pointercancel") lijst.append(...eerst);
      if ([...lijst.children].some((een, nr) => een !== eerst[nr])) geplaatst(wens);
    };
    greep.target.addEventListener("pointermove", sleep);
    greep.target.addEventListener("pointerup", klaar);
    greep.target.addEventListener("pointercancel", klaar);
  });
}
