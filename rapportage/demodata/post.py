"""A family without an e-mail address: letters that were posted, and two that wait."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from aanvragen.domain.beantwoorden import zet_op_wachtlijst
from aanvragen.domain.gegevens import (
    Aanvraaggegevens,
    Kindgegevens,
    Oudergegevens,
    Vraaggegevens,
)
from aanvragen.domain.indienen import dien_in
from aanvragen.domain.papier import handel_af
from aanvragen.domain.voorstellen import doe_voorstel_met_nieuwe_plaats
from aanvragen.models import Papierpost
from aanvragen.models.post import Poststand
from aanvragen.workflow import Kanaal
from loket.models import Gebruiker, Loket
from opvang.models import Opvanglocatie
from opvang.weekrooster import Weekrooster

_DAG = dt.timedelta(days=1)


def leg_post_klaar(
    loket: Loket, locaties: list[Opvanglocatie], *, staf: Gebruiker, nu: dt.datetime
) -> None:
    """Rosa Claes asked on the phone; what older families got was posted when it happened."""
    gemeente = loket.gemeenten.order_by("nis")[0]
    dagen = Weekrooster.van_dagen(0, 1)
    (vraag,) = dien_in(
        Aanvraaggegevens(
            ouder=Oudergegevens(
                voornaam="Rosa",
                familienaam="Claes",
                telefoon="0470 00 00 44",
                straat="Veldstraat",
                huisnummer="7",
                postcode=gemeente.postcodes[0],
                gemeente_id=gemeente.pk,
            ),
            kinderen=(
                Kindgegevens(
                    voornaam="Milo",
                    familienaam="Claes",
                    geboortedatum=timezone.localdate(nu) - 120 * _DAG,
                ),
            ),
            vraag=Vraaggegevens(
                gewenste_start=timezone.localdate(nu) + 90 * _DAG, rooster=dagen.masker
            ),
            locatie_ids=tuple(een.pk for een in locaties[:2]),
            toestemming_versie="2026-01",
            kanaal=Kanaal.TELEFOON,
        ),
        loket=loket,
        nu=nu - 6 * _DAG,
        door=staf,
    )
    eerste, tweede = vraag.aanmeldingen.select_related("locatie", "opvangvraag__loket")
    zet_op_wachtlijst(eerste, door=None, nu=nu - 3 * _DAG)
    doe_voorstel_met_nieuwe_plaats(
        tweede,
        start=vraag.gewenste_start,
        rooster=dagen,
        door=None,
        nu=nu - 1 * _DAG,
        toelichting="Kom gerust eens kijken.",
    )
    oud = Papierpost.objects.filter(stand=Poststand.KLAAR).exclude(
        vraag=vraag, sjabloon__in=["wachtlijst", "voorstel"]
    )
    handel_af(
        oud.select_related("vraag__loket"), stand=Poststand.VERSTUURD, door=staf, nu=nu - 2 * _DAG
    )
