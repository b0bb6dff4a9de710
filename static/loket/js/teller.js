// The counters work without this file: every minus and plus is a submit button that keeps all numbers.
// Here a press only changes the number; one press on "Bewaar" then keeps the lot.

const HOOGSTE = 200;

for (const formulier of document.querySelectorAll("form[data-tellers]")) {
  const hoorbaar = document.createElement("span");
  hoorbaar.className = "vh";
  hoorbaar.setAttribute("role", "status");
  formulier.append(hoorbaar);

  formulier.addEventListener("click", (klik) => {
    const knop = klik.target.closest('button[name="min"], button[name="plus"]');
    const invoer = knop?.parentElement.querySelector("input");
    if (!invoer) return;
    klik.preventDefault();
    const nu = Number.parseInt(invoer.value, 10) || 0;
    invoer.value = Math.min(Math.max(nu + (knop.name === "plus" ? 1 : -1), 0), HOOGSTE);
    invoer.dispatchEvent(new Event("input", { bubbles: true }));
    hoorbaar.textContent = `${invoer.labels[0].textContent.trim()}: ${invoer.value}`;
  });

  const onbewaard = formulier.querySelector("[data-onbewaard]");
  const bewaar = formulier.querySelector("[data-bewaar]");

  formulier.addEventListener("input", (wijziging) => {
    if (onbewaard) onbewaard.hidden = false;
    bewaar?.classList.remove("knop--tweede");
    wijziging.target.closest(".teller")?.classList.toggle("teller--nul", !(Number.parseInt(wijziging.target.value, 10) > 0));
  });
}
