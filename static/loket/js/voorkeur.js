// The wishes move without a page load; without this file every button is a post that does the same.

for (const deel of document.querySelectorAll("[data-voorkeur]")) {
  const lijst = deel.querySelector(".wensen");
  const melding = deel.querySelector("[data-melding]");
  if (!lijst || !melding) continue;

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

  lijst.addEventListener("click", (klik) => {
    const knop = klik.target.closest('button[name="actie"]');
    const wens = knop?.closest(".wens");
    if (!wens) return;
    const naam = wens.dataset.naam;
    const soort = knop.value.replace(/-\d+$/, "");
    if (soort === "verwijder") {
      // The last one goes by post: then the page says what to do with an empty list.
      if (lijst.children.length === 1) return;
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
    const plaats = ververs().indexOf(wens) + 1;
    // A button that can go no further would lose the focus.
    (knop.disabled ? wens.querySelector("button:not(:disabled)") : knop).focus();
    zeg(melding.dataset.plaats, naam, plaats);
  });
}
