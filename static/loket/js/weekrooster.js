// The week works without this file: real check boxes, counted by the style sheet.
// Here come the quick buttons, and the count is said aloud.

const WERKDAGEN = /^(ma|di|wo|do|vr)-/;

for (const rooster of document.querySelectorAll(".weekrooster")) {
  const vakjes = [...rooster.querySelectorAll('input[type="checkbox"]')];
  const som = rooster.querySelector(".weekrooster__som");
  const snel = rooster.querySelector("[data-snel]");
  if (!som || !vakjes.length) continue;

  const hoorbaar = document.createElement("span");
  hoorbaar.className = "vh";
  hoorbaar.setAttribute("role", "status");
  som.after(hoorbaar);

  const tel = () => {
    hoorbaar.textContent = `${som.textContent.trim()} ${vakjes.filter((vakje) => vakje.checked).length}`;
  };
  rooster.addEventListener("change", tel);

  if (!snel) continue;
  snel.hidden = false;
  snel.addEventListener("click", (klik) => {
    const keuze = klik.target.closest("[data-kies]")?.dataset.kies;
    if (!keuze) return;
    for (const vakje of vakjes) vakje.checked = keuze === "werkweek" && WERKDAGEN.test(vakje.value);
    tel();
  });
}
