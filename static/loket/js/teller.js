// The counters work without this file: every minus and plus is a submit button that keeps all numbers.
// Here a press only changes the number; one press on "Bewaar" then keeps the lot. In the grid the arrow
// keys walk from day to day, and a number is selected when it is reached: a digit replaces it.

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
    const { target } = wijziging;
    const teller = target.closest(".teller");
    teller?.classList.toggle("teller--nul", !(Number.parseInt(target.value, 10) > 0));
    teller?.classList.toggle("teller--anders", target.value !== target.defaultValue);
  });

  const stroken = [...formulier.querySelectorAll(".rooster__strook")].map((strook) => [
    ...strook.querySelectorAll('input[type="number"]'),
  ]);
  if (!stroken.length) continue;
  const uitleg = formulier.querySelector("[data-met-toetsen]");
  if (uitleg) uitleg.hidden = !matchMedia("(hover: hover)").matches;

  formulier.addEventListener("focusin", (focus) => {
    if (focus.target.matches('input[type="number"]')) focus.target.select();
  });

  // To the side: the next day, and from the last one to the next line. Up and down stay what the
  // browser makes of them: one more, one less.
  formulier.addEventListener("keydown", (toets) => {
    const stap = { ArrowLeft: -1, ArrowRight: 1 }[toets.key];
    const plaats = stroken.flat().indexOf(toets.target);
    if (!stap || plaats < 0 || toets.ctrlKey || toets.altKey || toets.metaKey) return;
    const richting = getComputedStyle(formulier).direction === "rtl" ? -stap : stap;
    const volgende = stroken.flat()[plaats + richting];
    if (!volgende) return;
    toets.preventDefault();
    volgende.focus();
  });
}
