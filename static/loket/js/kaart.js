// The list is the page; this draws the same places on a map, with the same numbers and in the same order. Leaflet is only
// fetched when the map comes into view.

const vak = document.querySelector("[data-landkaart]");
const gegevens = JSON.parse(document.getElementById("landkaart-gegevens").textContent);
const RAND = 24;
const EERSTE_ZOOM = 14;
const HOOGSTE_ZOOM = 16;

const maak = (soort, eigenschappen = {}, ...kinderen) => {
  const element = Object.assign(document.createElement(soort), eigenschappen);
  element.append(...kinderen);
  return element;
};

// Leaflet wants markup here, and this is plain text.
const kaal = (tekst) => maak("p", { textContent: tekst }).innerHTML;

const haal = (adres, soort) =>
  new Promise((klaar, mis) => {
    const element =
      soort === "script" ? maak("script", { src: adres }) : maak("link", { rel: "stylesheet", href: adres });
    element.onload = klaar;
    element.onerror = mis;
    document.head.append(element);
  });

const speld = (punt) => {
  const icoon = maak("span", { className: `speld speld--${punt.stand}` }, maak("b", { textContent: punt.nr }));
  return L.divIcon({ className: "landkaart__speld", html: icoon, iconSize: [32, 32], popupAnchor: [0, -16] });
};

const ballon = (punt) =>
  maak(
    "div",
    { className: "stapel stapel--dicht" },
    maak("p", {}, maak("b", { textContent: punt.naam })),
    maak("p", { textContent: punt.tekst }),
    maak("p", {}, maak("a", { href: punt.url, textContent: vak.dataset.bekijk })),
    maak("p", {}, maak("a", { href: `#plek-${punt.id}`, textContent: vak.dataset.lijst })),
  );

const teken = async () => {
  await Promise.all([haal(vak.dataset.stijl, "stijl"), haal(vak.dataset.leaflet, "script")]);
  const kaart = L.map(vak.querySelector("[data-vlak]"), {
    zoomControl: false,
    scrollWheelZoom: false,
    fadeAnimation: false,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    attributionControl: Boolean(gegevens.tegels),
    maxZoom: HOOGSTE_ZOOM,
    zoomSnap: 0.5,
  });
  const hoeken = gegevens.punten.map(({ lat, lon }) => [lat, lon]);
  // First a view: a pin has no element before.
  kaart.fitBounds(hoeken, { padding: [RAND, RAND], maxZoom: EERSTE_ZOOM });
  L.control.zoom({ position: "bottomright", zoomInTitle: vak.dataset.dichter, zoomOutTitle: vak.dataset.verder }).addTo(kaart);
  if (gegevens.tegels) {
    kaart.attributionControl.setPrefix(false);
    L.tileLayer(gegevens.tegels, { maxZoom: HOOGSTE_ZOOM, attribution: kaal(gegevens.bron) }).addTo(kaart);
  }
  const spelden = gegevens.punten.map((punt) => {
    const inhoud = ballon(punt);
    const gezet = L.marker([punt.lat, punt.lon], { icon: speld(punt), riseOnHover: true })
      .bindPopup(inhoud, { closeButton: false, minWidth: 180 })
      .addTo(kaart);
    const element = gezet.getElement();
    gezet.on("popupopen", () => inhoud.querySelector("a").focus({ preventScroll: true }));
    inhoud.addEventListener("keydown", (toets) => {
      if (toets.key !== "Escape") return;
      gezet.closePopup();
      element.focus({ preventScroll: true });
    });
    element.setAttribute("aria-label", `${punt.nr}. ${punt.naam}: ${punt.tekst}`);
    // Beside each other in the list, the pin and the card light up together.
    const plek = document.getElementById(`plek-${punt.id}`);
    for (const [gebeurtenis, aan] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) {
      plek?.addEventListener(gebeurtenis, () => element.classList.toggle("landkaart__speld--aan", aan));
    }
    return gezet;
  });
  for (const adres of gegevens.gebieden) {
    fetch(adres)
      .then((antwoord) => antwoord.json())
      .then((gebied) => L.geoJSON(gebied, { interactive: false, className: "landkaart__gebied" }).addTo(kaart))
      .catch(() => {}); // The outlines are a background; the places stand on the map without them.
  }
  vak.dataset.klaar = spelden.length;
};

if (vak && gegevens.punten.length) {
  vak.hidden = false;
  for (const deel of document.querySelectorAll(".plek__nr, .naar-landkaart")) deel.hidden = false;
  const kijker = new IntersectionObserver(
    (delen) => {
      if (!delen.some((deel) => deel.isIntersecting)) return;
      kijker.disconnect();
      teken().catch((fout) => {
        console.error(fout); // The list says the same.
        vak.hidden = true;
      });
    },
    { rootMargin: "300px" },
  );
  kijker.observe(vak);
}
