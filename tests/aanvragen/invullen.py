"""Fill in the question pages as a parent does, over HTTP."""

from __future__ import annotations

import datetime as dt
import re

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aanvragen.models import Concept
from loket.models import Loket
from opvang.models import Opvanglocatie

STAPPEN = ("wie", "kind", "wanneer", "dagen", "opvang", "situatie")


def datum(naam: str, dag: dt.date) -> dict[str, str]:
    return {
        f"{naam}_dag": str(dag.day),
        f"{naam}_maand": str(dag.month),
        f"{naam}_jaar": str(dag.year),
    }


def over(dagen: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=dagen)


def antwoorden(loket: Loket, locaties: list[Opvanglocatie], **anders) -> dict[str, dict]:
    """Good answers for every page; `wie={…}` and so on change some of them."""
    gemeente = loket.gemeenten.first()
    goed = {
        "wie": {
            "voornaam": "Nora",
            "familienaam": "Haddad",
            "relatie": "ouder",
            "email": "nora@voorbeeld.test",
            "telefoon": "0470 12 34 56",
            "straat": "Molenkouter",
            "huisnummer": "31",
            "postcode": gemeente.postcodes[0],
            "gemeente": str(gemeente.pk),
        },
        "kind": {
            "aantal": "1",
            "geboren_0": "ja",
            "voornaam_0": "Sami",
            "familienaam_0": "Haddad",
            **datum("datum_0", over(-60)),
        },
        "wanneer": {**datum("start", over(120)), "flexibel": "2"},
        "dagen": {
            "rooster": ["ma-vm", "ma-nm", "di-vm"],
            "wisselend": "nee",
            "schuiven": "ja",
        },
        "opvang": {
            "keuze": "zelf",
            "locatie": [str(locatie.pk) for locatie in locaties],
            "vormwens": "",
            "prijswens": "",
        },
        "situatie": {
            "dringend": "",
            "zorg": "nee",
            "kenmerken": ["geen"],
            "taal": "fr",
            "tolk": "on",
        },
    }
    for stap, waarden in anders.items():
        goed[stap] = {**goed[stap], **waarden}
    return goed


def begin(client: Client) -> str:
    """Press "Begin"; gives the key of the draft."""
    antwoord = client.post(reverse("aanvragen:begin"))
    gevonden = re.search(r"/aanvraag/([0-9a-f-]{36})/wie/$", antwoord["Location"])
    assert gevonden, antwoord["Location"]
    return gevonden[1]


def url(sleutel: str, stap: str) -> str:
    if stap in {"controleer", "versturen", "verstuurd", "weggooien", "taken"}:
        return reverse(f"aanvragen:{stap}", args=[sleutel])
    return reverse("aanvragen:stap", args=[sleutel, stap])


def vul_in(client: Client, loket: Loket, locaties: list[Opvanglocatie], **anders) -> str:
    """Answer every page well; gives the key of the draft, ready to be checked and sent."""
    sleutel = begin(client)
    for stap, gegevens in antwoorden(loket, locaties, **anders).items():
        antwoord = client.post(url(sleutel, stap), gegevens)
        assert antwoord.status_code == 302, (stap, antwoord.context["form"].errors)
    return sleutel


def concept(sleutel: str) -> Concept:
    return Concept.objects.get(sleutel=sleutel)
