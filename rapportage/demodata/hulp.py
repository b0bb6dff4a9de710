"""Who helps: partners of the loket, a toeleider with consent, appointments, a referral."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from aanvragen.domain.afspraken import Afspraakgegevens, maak_afspraak, noteer_uitkomst
from aanvragen.domain.concept import begin_concept, bewaar_stap
from aanvragen.domain.doorverwijzen import noteer_uitkomst as noteer_doorverwijzing
from aanvragen.domain.doorverwijzen import verwijs_door
from aanvragen.domain.toestemming import geef_toestemming, maak_code
from aanvragen.models import Afspraak, Opvangvraag, Partner
from aanvragen.workflow import (
    LOPENDE_VRAGEN,
    Afspraaksoort,
    Doorverwijsuitkomst,
    Doorverwijswijze,
    Hulpomvang,
    Partnersoort,
    Toestemmingswijze,
)
from loket.domain.logboek import leg_inzage_vast
from loket.models import Gebruiker, Lidmaatschap, Loket, Rol
from loket.werkdagen import na_werkdagen

_DAG = dt.timedelta(days=1)
_PARTNERS = (
    ("OCMW Leiekant", Partnersoort.OCMW, "Ze helpen je met rekeningen en met je rechten."),
    ("Huis van het Kind", Partnersoort.HUIS_VAN_HET_KIND, "Je kan er alles vragen over je kind."),
    ("Open School", Partnersoort.TAALLES, "Je leert er Nederlands, ook overdag."),
    ("Kleuterschool De Beuk", Partnersoort.KLEUTERSCHOOL, "Je kan er eens komen kijken."),
)


def help_gezinnen(loket: Loket, mensen: dict[str, Gebruiker], *, nu: dt.datetime) -> None:
    """Els helps Amina since a week; Dalia visits a location; a family began online and called."""
    Lidmaatschap.objects.filter(loket=loket, rol=Rol.TOELEIDER).update(organisatie="OCMW Leiekant")
    partners = [
        Partner.objects.create(
            loket=loket, naam=naam, soort=soort, waarmee=waarmee, telefoon="09 000 00 10"
        )
        for naam, soort, waarmee in _PARTNERS
    ]
    staf, toeleider = mensen["loket"], mensen["toeleider"]
    van_amina = _lopende(loket, "Ouder")
    geef_toestemming(
        van_amina,
        toeleider=toeleider,
        omvang=Hulpomvang.ANTWOORDEN,
        dagen=90,
        wijze=Toestemmingswijze.CODE,
        door=toeleider,
        nu=nu - 7 * _DAG,
    )
    leg_inzage_vast(van_amina, door=toeleider, nu=nu - 2 * _DAG)
    _afspraak(van_amina, Afspraaksoort.TERUGBELLEN, over=0, wie=staf, door=staf, nu=nu)
    gedaan = _afspraak(
        van_amina, Afspraaksoort.ATTEST, over=0, wie=toeleider, door=toeleider, nu=nu - 6 * _DAG
    )
    noteer_uitkomst(
        gedaan, gelukt=True, uitkomst="Het attest is aangevraagd.", door=toeleider, nu=nu - 5 * _DAG
    )
    verwijzing = verwijs_door(
        van_amina,
        partners[1],
        wijze=Doorverwijswijze.ZELF,
        gezin_akkoord=True,
        door=staf,
        nu=nu - 4 * _DAG,
    )
    noteer_doorverwijzing(
        verwijzing, uitkomst=Doorverwijsuitkomst.GEHOLPEN, nota="", door=staf, nu=nu - _DAG
    )
    van_dalia = _lopende(loket, "Begeleid")
    _afspraak(van_dalia, Afspraaksoort.BEZOEK, over=3, wie=toeleider, door=toeleider, nu=nu)
    verwijs_door(
        van_dalia,
        partners[2],
        wijze=Doorverwijswijze.DOORGEVEN,
        gezin_akkoord=True,
        door=toeleider,
        nu=nu - 3 * _DAG,
    )
    maak_code(
        _lopende(loket, "Dringend"),
        toeleider=toeleider,
        omvang=Hulpomvang.BEKIJKEN,
        dagen=30,
        nu=nu - _DAG,
    )
    _begon_online(loket, nu=nu - _DAG)


def _lopende(loket: Loket, familienaam: str) -> Opvangvraag:
    return (
        Opvangvraag.objects.filter(
            loket=loket, aanvrager__familienaam=familienaam, status__in=LOPENDE_VRAGEN
        )
        .select_related("loket", "kind__gezin")
        .order_by("-pk")[0]
    )


def _afspraak(
    vraag: Opvangvraag,
    soort: Afspraaksoort,
    *,
    over: int,
    wie: Gebruiker,
    door: Gebruiker,
    nu: dt.datetime,
) -> Afspraak:
    """An appointment some working days after `nu`, at ten; today's is an hour from now."""
    dag = na_werkdagen(timezone.localdate(nu), over)
    moment = timezone.make_aware(dt.datetime.combine(dag, dt.time(10)))
    return maak_afspraak(
        vraag,
        Afspraakgegevens(
            begint_op=moment if moment > nu else nu + dt.timedelta(hours=1),
            duur=30,
            locatie=vraag.aanmeldingen.select_related("locatie").order_by("rang")[0].locatie,
        ),
        soort=soort,
        wie=wie,
        door=door,
        nu=nu,
    )


def _begon_online(loket: Loket, *, nu: dt.datetime) -> None:
    """Somebody who filled in the first page only (on the phone: Gita Halverwege, 0470 11 22 33)."""
    concept = begin_concept(loket=loket, gebruiker=None, nu=nu)
    gemeente = loket.gemeenten.order_by("pk")[0]
    wie = {
        "voornaam": "Gita",
        "familienaam": "Halverwege",
        "email": "gita@voorbeeld.test",
        "telefoon": "0470 11 22 33",
        "relatie": "ouder",
        "straat": "Leiestraat",
        "huisnummer": "3",
        "postcode": gemeente.postcodes[0],
        "gemeente": str(gemeente.pk),
    }
    bewaar_stap(
        concept, "wie", {naam: [waarde] for naam, waarde in wie.items()}, nu=nu, email=wie["email"]
    )
