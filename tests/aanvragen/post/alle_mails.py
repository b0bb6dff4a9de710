"""Every mail template of the demand, filled with the longest words that people type."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import render_to_string

from aanvragen.models import Partner
from tests.aanvragen.post.fabrieken import maak_paar
from tests.fabrieken import NU, maak_voorstel
from tests.spelers import Spelers

MAP = Path(settings.BASE_DIR) / "templates" / "mail" / "aanvragen"
LANG = "Kinderdagverblijf-De-Allerlangste-Samengestelde-Opvangnaam"


def namen() -> list[str]:
    return sorted(pad.stem for pad in MAP.glob("*.html"))


def html_van_alle(spelers: Spelers) -> dict[str, str]:
    """The HTML part of each, as it is sent: the styles in its elements."""
    spelers.egeltjes.naam = LANG
    spelers.egeltjes.save()
    vraag, _dubbel = maak_paar(spelers)
    aanmelding = vraag.aanmeldingen.select_related("locatie", "opvangvraag__loket").get()
    aanmelding.eindstatus_voor = NU.date()
    voorstel = maak_voorstel(aanmelding, toelichting="https://voorbeeld.test/" + "lang" * 30)
    vraag.kind.verwachte_geboortedatum = NU.date()
    adres = "https://voorbeeld.test/antwoord/" + "abcDEF123" * 12
    context = {
        "titel": "Titel",
        "loket": spelers.loket,
        "site_url": "https://voorbeeld.test",
        "vraag": vraag,
        "ouder": vraag.aanvrager,
        "aanmelding": aanmelding,
        "aanmeldingen": [aanmelding],
        "locatie": aanmelding.locatie,
        "voorstel": voorstel,
        "plaatsing": SimpleNamespace(vanaf=voorstel.start, tot=None, rooster=voorstel.rooster),
        "sluiting": SimpleNamespace(locatie=aanmelding.locatie, vanaf=voorstel.start, soort="stop"),
        "vervang": SimpleNamespace(
            aantal=3, akkoord_van=LANG, akkoord_op=NU.date(), vanaf=NU.date(), tot=NU.date()
        ),
        "bericht": SimpleNamespace(tekst="Beste " * 30 + LANG),
        "kind": vraag.kind,
        "gezin": vraag.kind.gezin,
        "naam": LANG,
        "afspraak": SimpleNamespace(
            begint_op=NU,
            eindigt_op=NU,
            waar=LANG,
            wie=SimpleNamespace(naam=LANG),
            get_soort_display="Rondleiding",
        ),
        "aantal": 3,
        "bewaard_tot": NU.date(),
        "weg_op": NU.date(),
        "partner": Partner(
            naam=LANG,
            waarmee=LANG,
            telefoon="09 111 22 33",
            adres=LANG,
            email=f"{LANG}@voorbeeld.test",
            website=adres,
        ),
        "verwijzing": SimpleNamespace(wijze="doorgeven"),
        "organisatie": LANG,
        "brief": SimpleNamespace(
            titel=LANG,
            delen=[SimpleNamespace(taal="nl", richting="ltr", titel=LANG, alineas=[LANG * 2])],
        ),
        "gevraagd": SimpleNamespace(
            geldig_tot=NU,
            toeleider=SimpleNamespace(naam=LANG),
            get_omvang_display="Meekijken",
            get_dagen_display="3 maanden",
        ),
        "toestemming": SimpleNamespace(
            laatste_dag=NU.date(), toeleider=SimpleNamespace(naam=LANG), get_wijze_display="Code"
        ),
        "code": "123456",
        "eigen": voorstel,
        "hulp_url": adres,
        "terug": [LANG],
        "weg": [LANG],
        "antwoord_voor": dt.date(2026, 3, 16),
        "beter": [LANG, LANG],
        "ingetrokken": [LANG],
        "keuzes": [LANG, LANG],
        "soort": "opnieuw",
        "op_tijd": True,
        "blijft": True,
        "kan_vasthouden": True,
        "buiten_keuze": True,
        "wacht_op_antwoord": True,
        "url": adres,
        "klopt_url": adres,
        "geboorte_url": adres,
        "samen_url": adres,
    }
    inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    return {
        naam: inliner.inline(render_to_string(f"mail/aanvragen/{naam}.html", context))
        for naam in namen()
    }
