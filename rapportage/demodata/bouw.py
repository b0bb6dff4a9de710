"""Fill an empty database with a loket, a region or all of Flanders; the same seed gives the same
data.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from aanvragen.referentie import herhaalbaar
from loket.domain.fouten import Weigering
from loket.domain.gemeenten import laad_gemeenten
from loket.models import Bericht, Gemeente, Loket, Wijk
from loket.workflow import Berichtstatus
from opvang.models import Opvanglocatie
from opvang.workflow import Opvangvorm
from rapportage.demodata.aanbod import Streek, bouw_aanbod, loket_van
from rapportage.demodata.antwoorden import laat_antwoorden
from rapportage.demodata.balie import werk_aan_de_balie
from rapportage.demodata.capaciteit import bouw_capaciteit
from rapportage.demodata.gesprek import praat
from rapportage.demodata.hulp import help_gezinnen
from rapportage.demodata.mijn import wijzig_en_vraag_na
from rapportage.demodata.namen import Namen
from rapportage.demodata.noodplan import sluit_een_opvang
from rapportage.demodata.overleg import tel_kinderen, vergader, vraag_rapport
from rapportage.demodata.pagina import vul_pagina
from rapportage.demodata.post import leg_post_klaar
from rapportage.demodata.subsidies import geef_subsidies
from rapportage.demodata.tarief import bouw_tarief
from rapportage.demodata.verhalen import WACHTWOORD, Accounts, maak_accounts, vertel
from rapportage.demodata.voorstellen import kies_plaatsen
from rapportage.demodata.vraag import begin_aanvragen
from rapportage.demodata.vragen import bouw_vragen
from rapportage.demodata.vrij import vul_vrije_plaatsen
from rapportage.demodata.zoeken import vul_zoeken

SCHALEN = ("gemeente", "regio", "vlaanderen")
#: NIS, children under 3 (invented, round), locations, coordinates, and a few deelgemeenten.
_REGIO = (
    (
        "44083",
        1260,
        30,
        (50.982, 3.530),
        ("Deinze", "Petegem-aan-de-Leie", "Astene", "Nevele", "Landegem", "Merendree"),
    ),
    ("44086", 640, 15, (50.962, 3.610), ("Nazareth", "Eke", "De Pinte", "Zevergem")),
    ("44020", 370, 9, (50.929, 3.661), ("Gavere", "Asper", "Semmerzake", "Vurste")),
)
#: Flanders: 5,389 locations and about 200,000 children over 285 gemeenten (Opgroeien, end of 2025).
_PER_GEMEENTE = (700, 19)


@dataclass(frozen=True)
class Demo:
    """What was made; `accounts` is None at the scale of Flanders."""

    loket: Loket
    aantal_locaties: int
    aantal_vragen: int
    accounts: Accounts

    def als_json(self) -> dict[str, object]:
        """The part of `var/demo.json` that the data decides (ontwerp.md §4)."""
        return {
            "accounts": {
                sleutel: {"e-mail": mens.email, "wachtwoord": WACHTWOORD}
                for sleutel, mens in self.accounts.mensen.items()
            },
            "api_sleutel": self.accounts.api_sleutel,
            "loket": self.loket.slug,
            "locatie": self.accounts.locatie.slug,
        }


@transaction.atomic
def bouw_demo(*, schaal: str, zaad: int, nu: dt.datetime) -> Demo:
    """Fill an empty database. Refuses one that holds a loket already: demo data never mixes with
    real data.
    """
    if Loket.objects.exists():
        raise Weigering(
            "Deze databank is niet leeg: demogegevens komen alleen in een lege databank."
        )
    rng = random.Random(zaad)  # noqa: S311 -- repeatable, not secret
    namen = Namen(rng)
    laad_gemeenten(nu=nu)
    lokets = _lokets(schaal)
    for _loket, streken in lokets:
        tel_kinderen(streken, vandaag=timezone.localdate(nu))
    aantal_locaties = aantal_vragen = 0
    eerste: tuple[Loket, list[Opvanglocatie]] | None = None
    with herhaalbaar(rng):
        for loket, streken in lokets:
            locaties = {
                streek.gemeente.pk: bouw_aanbod(streek, namen=namen, rng=rng, nu=nu)
                for streek in streken
            }
            aantal_locaties += sum(map(len, locaties.values()))
            aantal_vragen += bouw_vragen(loket, streken, locaties, namen=namen, rng=rng, nu=nu)
            eerste = eerste or (loket, locaties[streken[0].gemeente.pk])
        # The stories look things up in tables that were filled a moment ago.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        assert eerste is not None
        loket, locaties_hier = eerste
        groepen = [een for een in locaties_hier if een.opvangvorm == Opvangvorm.GROEP]
        accounts = maak_accounts(loket, groepen[0], nu=nu)
        vertel(loket, accounts, groepen[1:4], nu=nu)
        begin_aanvragen(loket, accounts, nu=nu)
        help_gezinnen(loket, accounts.mensen, nu=nu)
        praat(loket, accounts, nu=nu)
        vul_vrije_plaatsen(accounts, nu=nu)
        vergader(loket, accounts.mensen, nu=nu)
        vul_pagina(loket, accounts, rng=rng, nu=nu)
        laat_antwoorden(loket, accounts.locatie, groepen[1:3], staf=accounts.mensen["loket"], nu=nu)
        kies_plaatsen(loket, groepen[1:4], staf=accounts.mensen["loket"], nu=nu)
        wijzig_en_vraag_na(loket, groepen[1:3], nu=nu)
        leg_post_klaar(loket, groepen[1:3], staf=accounts.mensen["loket"], nu=nu)
        werk_aan_de_balie(loket, accounts.mensen["loket"], nu=nu)
        geef_subsidies(loket, accounts.mensen, groepen[0], nu=nu)
        sluit_een_opvang(loket, groepen[4:], door=accounts.mensen["loket"], nu=nu)
    bouw_tarief([een for een, _streken in lokets], nu=nu)
    bouw_capaciteit(nu=nu)
    vul_zoeken(nu=nu)
    # The mails of these stories were "sent" when they happened.
    Bericht.objects.filter(status=Berichtstatus.WACHT).update(
        status=Berichtstatus.VERZONDEN, verzonden_op=F("aangemaakt_op"), pogingen=1
    )
    vraag_rapport(loket, accounts.mensen["loket"], nu=nu)
    return Demo(loket, aantal_locaties, aantal_vragen, accounts)


def _lokets(schaal: str) -> list[tuple[Loket, list[Streek]]]:
    if schaal == "vlaanderen":
        gemeenten = list(Gemeente.objects.exclude(nis__startswith="21").order_by("nis"))
        groepen = [gemeenten[i : i + 3] for i in range(0, len(gemeenten), 3)]
        return [
            (
                loket_van(groep, naam=f"Loket {groep[0].naam}", slug=f"loket-{groep[0].nis}"),
                [Streek(gemeente, *_PER_GEMEENTE, []) for gemeente in groep],
            )
            for groep in groepen
        ]
    gekozen = _REGIO if schaal == "regio" else _REGIO[:1]
    streken = [_streek(*rij) for rij in gekozen]
    naam = (
        "Lokaal Loket Kinderopvang Leie en Schelde"
        if schaal == "regio"
        else "Lokaal Loket Kinderopvang Deinze"
    )
    slug = "leie-en-schelde" if schaal == "regio" else "deinze"
    return [(loket_van([s.gemeente for s in streken], naam=naam, slug=slug), streken)]


def _streek(
    nis: str,
    kinderen: int,
    locaties: int,
    plek: tuple[float, float],
    deelgemeenten: tuple[str, ...],
) -> Streek:
    gemeente = Gemeente.objects.get(nis=nis)
    gemeente.breedtegraad, gemeente.lengtegraad = plek
    gemeente.save(update_fields=["breedtegraad", "lengtegraad"])
    wijken = [
        Wijk.objects.create(
            gemeente=gemeente,
            soort=Wijk.Soort.DEELGEMEENTE,
            code=f"demo-{nis}-{i}",
            naam=naam,
            breedtegraad=plek[0] + 0.02 * (i % 3 - 1),
            lengtegraad=plek[1] + 0.03 * (i // 3 - 0.5),
        )
        for i, naam in enumerate(deelgemeenten)
    ]
    return Streek(gemeente, kinderen, locaties, wijken)
