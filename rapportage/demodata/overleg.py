"""The invented LOK of the demo: a meeting held, with an advice, and one announced; and a report."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from lok_overleg.domain.aanwezig import noteer_aanwezigheid
from lok_overleg.domain.adviseren import noteer_opvolging, noteer_stemming, schrijf_advies
from lok_overleg.domain.agenda import Puntgegevens, voeg_punt_toe
from lok_overleg.domain.leden import Lidgegevens, voeg_lid_toe
from lok_overleg.domain.plannen import Vergadergegevens, plan
from lok_overleg.domain.uitnodigen import nodig_uit
from lok_overleg.domain.verslag import bewaar_verslag, publiceer_verslag
from lok_overleg.models import Vergadering
from lok_overleg.workflow import (
    Aanwezigheidsstand,
    Beslissing,
    Functie,
    Hoedanigheid,
    Puntsoort,
    Stemkeuze,
)
from loket.models import Gebruiker, Loket
from rapportage.demodata.aanbod import Streek
from rapportage.domain.aanvragen import vraag_aan
from rapportage.models import CapaciteitsRapport, Kinderaantal

_DAG = dt.timedelta(days=1)
_LEDEN = (
    (
        "Hanne Voorzitter",
        Hoedanigheid.GEBRUIKER,
        True,
        Functie.VOORZITTER,
        "Een gezinsvereniging",
    ),
    ("Farid Opvang", Hoedanigheid.LOKALE_ACTOR, True, Functie.LID, "Groepsopvang (demo)"),
    ("Greet Onthaal", Hoedanigheid.LOKALE_ACTOR, True, Functie.LID, "Onthaalouders (demo)"),
    ("Amina Ouder", Hoedanigheid.GEBRUIKER, True, Functie.LID, "Ouder"),
    ("Bart Welzijn", Hoedanigheid.LOKALE_ACTOR, True, Functie.LID, "Huis van het Kind (demo)"),
    ("Carla Loketmedewerker", Hoedanigheid.BESTUUR, False, Functie.SECRETARIS, "Lokaal bestuur"),
    ("Ivo Schepen", Hoedanigheid.BESTUUR, False, Functie.LID, "Schepen voor gezin"),
)


def tel_kinderen(streken: list[Streek], *, vandaag: dt.date) -> None:
    """The number of children per gemeente on 1 January: round, invented, and said to be so."""
    Kinderaantal.objects.bulk_create(
        Kinderaantal(
            gemeente=streek.gemeente,
            peildatum=dt.date(vandaag.year, 1, 1),
            jonger_dan_3=streek.kinderen,
            bron="Demo: verzonnen, afgerond aantal",
        )
        for streek in streken
    )


def vergader(loket: Loket, mensen: dict[str, Gebruiker], *, nu: dt.datetime) -> None:
    """Hold a meeting four months ago, with an advice and its follow-up; announce the next."""
    voorzitter = mensen["voorzitter"]
    vanaf = timezone.localdate(nu) - 700 * _DAG
    adressen = {
        "Hanne Voorzitter": voorzitter.email,
        "Farid Opvang": mensen["opvang"].email,
        "Amina Ouder": mensen["ouder"].email,
        "Carla Loketmedewerker": mensen["loket"].email,
        "Ivo Schepen": mensen["schepen"].email,
    }
    for naam, hoedanigheid, stemrecht, functie, organisatie in _LEDEN:
        voeg_lid_toe(
            Lidgegevens(
                naam=naam,
                email=adressen.get(naam, f"{naam.split()[0].lower()}@voorbeeld.test"),
                hoedanigheid=hoedanigheid,
                stemrecht=stemrecht,
                functie=functie,
                organisatie=organisatie,
                vanaf=vanaf,
            ),
            loket=loket,
            door=voorzitter,
            nu=nu - 700 * _DAG,
        )
    _vorige(loket, mensen, nu=nu)
    volgende = _plan(loket, voorzitter, "Overleg van de winter", nu + 24 * _DAG, nu=nu - 4 * _DAG)
    for titel, soort in (
        ("Verslag van de vorige vergadering", Puntsoort.GOEDKEURING),
        ("Cijfers van het loket", Puntsoort.INFORMATIE),
        ("Meer plaatsen op woensdag en vrijdag", Puntsoort.BESPREKING),
        ("Advies over de uitbreidingsronde", Puntsoort.ADVIES),
    ):
        voeg_punt_toe(
            volgende,
            Puntgegevens(titel=titel, soort=soort, duur=20),
            door=voorzitter,
            nu=nu - 4 * _DAG,
        )
    nodig_uit(volgende, door=voorzitter, nu=nu - 3 * _DAG)


def _plan(
    loket: Loket, door: Gebruiker, titel: str, dag: dt.datetime, *, nu: dt.datetime
) -> Vergadering:
    begin = timezone.make_aware(dt.datetime.combine(timezone.localdate(dag), dt.time(20)))
    return plan(
        Vergadergegevens(
            titel=titel, begint_op=begin, duur=120, plaats="Huis van het Kind, grote zaal"
        ),
        loket=loket,
        door=door,
        nu=nu,
    )


def _vorige(loket: Loket, mensen: dict[str, Gebruiker], *, nu: dt.datetime) -> None:
    voorzitter = mensen["voorzitter"]
    dag = nu - 120 * _DAG
    vorige = _plan(loket, voorzitter, "Overleg van de zomer", dag, nu=dag - 30 * _DAG)
    punt = voeg_punt_toe(
        vorige,
        Puntgegevens(titel="Premie voor startende onthaalouders", soort=Puntsoort.ADVIES),
        door=voorzitter,
        nu=dag - 29 * _DAG,
    )
    nodig_uit(vorige, door=voorzitter, nu=dag - 28 * _DAG)
    na = dag + _DAG
    standen = {
        een.pk: Aanwezigheidsstand.VERONTSCHULDIGD
        if een.lid.naam == "Bart Welzijn"
        else Aanwezigheidsstand.AANWEZIG
        for een in vorige.aanwezigheden.select_related("lid")
    }
    noteer_aanwezigheid(vorige, standen, door=voorzitter, nu=na)
    advies = schrijf_advies(
        vorige,
        onderwerp="Premie voor startende onthaalouders",
        tekst=(
            "Het lokaal overleg vraagt het bestuur om vanaf volgend jaar 1000 euro te geven "
            "per nieuwe plaats bij een startende onthaalouder, omdat daar de helft van de "
            "nieuwe plaatsen ontstaat."
        ),
        agendapunt=punt,
        door=voorzitter,
        nu=na,
    )
    stemmers = [
        een.pk
        for een in vorige.aanwezigheden.filter(
            stand=Aanwezigheidsstand.AANWEZIG, lid__stemrecht=True
        ).order_by("pk")
    ]
    stemmen = dict.fromkeys(stemmers, Stemkeuze.VOOR) | {stemmers[-1]: Stemkeuze.ONTHOUDING}
    noteer_stemming(advies, stemmen, door=voorzitter, nu=na)
    verslag = bewaar_verslag(
        vorige,
        tekst="De voorzitter verwelkomt iedereen. De cijfers van het loket worden toegelicht.",
        per_punt={punt.pk: "De premie wordt besproken. Het overleg stemt over een advies."},
        verwachte_versie=0,
        door=voorzitter,
        nu=na,
    )
    publiceer_verslag(vorige, verwachte_versie=verslag.versie, door=voorzitter, nu=na + _DAG)
    noteer_opvolging(
        advies,
        beslissing=Beslissing.VOLGT_DEELS,
        datum=timezone.localdate(na + 20 * _DAG),
        motivering="Het college geeft 750 euro per nieuwe plaats. Voor meer is er geen budget.",
        door=mensen["schepen"],
        nu=na + 21 * _DAG,
    )


def vraag_rapport(loket: Loket, door: Gebruiker, *, nu: dt.datetime) -> CapaciteitsRapport:
    """Ask for a report as staff do; the worker of the demo makes it."""
    return vraag_aan(loket, peildatum=timezone.localdate(nu), door=door, nu=nu)
