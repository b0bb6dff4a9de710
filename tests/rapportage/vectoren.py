"""The published examples: from the open data where present, else the same facts from here."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

CAPACITEIT = {
    "voorbeelden": [
        {
            "initiatieven": 12,
            "plaatsen": 311,
            "plaatsen_ikt": 218,
            "plaatsen_vaste_prijs": 93,
            "initiatieven_mix": 1,
        },
        {"plaatsen_per_100_nu": 33, "plaatsen_per_100_doel": 44},
        {"plaatsen": 16771, "kinderen_0_3": 33062, "verwacht_per_100": 50.7, "gepubliceerd": 51},
        {
            "opvangvragen": 71268,
            "onbeantwoord": 26355,
            "verwacht_pct": 36.98,
            "gepubliceerd": 37,
        },
        {"plaatsen": 92819, "ikt": 79271, "verwacht_ikt_pct": 85.4},
        {"plaatsen": 93035, "ikt": 74485, "verwacht_ikt_pct": 80.1, "gepubliceerd": 80.1},
    ]
}
TELREGELS = {
    "voorbeelden": [
        {"situatie": "aanvraag voor een tweeling", "unieke_vragen": 2},
        {"situatie": "aanvraag voor een ouder kindje en een ongeboren baby", "unieke_vragen": 2},
        {
            "situatie": "vraag, miskraam, enkele maanden later opnieuw zwanger en nieuwe aanvraag",
            "nieuwe_unieke_vraag": True,
        },
        {
            "situatie": "vraag vervallen door miskraam",
            "telt_als_onbeantwoord": False,
            "ook_als": "er al een opvangvoorstel of reservatie was",
        },
        {
            "situatie": "niet te achterhalen of de vraag beantwoord is",
            "telt_als_onbeantwoord": False,
        },
        {
            "situatie": "opvang gevraagd in eigen gemeente en gevonden in een andere gemeente",
            "telt_als_onbeantwoord": False,
            "opmerking": "voor 2022 werd dit wel geteld",
        },
        {"situatie": "twee ouders vragen elk opvang voor hetzelfde kind", "unieke_vragen": 1},
        {
            "situatie": "dringende opvang en tegelijk kwetsbaar gezin",
            "subcategorieen": ["dringend", "kwetsbaar gezin"],
        },
    ]
}


def voorbeelden(naam: str) -> list[dict[str, Any]]:
    """The examples of `capaciteit_indicatoren` or `opvangvragen_telregels`."""
    pad = settings.LOKET_DATA / "testvectoren" / f"{naam}.json"
    eigen = {"capaciteit_indicatoren": CAPACITEIT, "opvangvragen_telregels": TELREGELS}[naam]
    gelezen = json.loads(pad.read_text(encoding="utf-8")) if pad.is_file() else eigen
    return gelezen["voorbeelden"]
