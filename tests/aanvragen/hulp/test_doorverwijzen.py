"""A referral: only as the family agreed, never why, and what came of it."""

from __future__ import annotations

import pytest

from aanvragen.domain.doorverwijzen import (
    AndereLoket,
    ZonderToestemming,
    noteer_uitkomst,
    verwijs_door,
)
from aanvragen.domain.fouten import OngeldigeOvergang
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.models import Doorverwijzing, Partner
from aanvragen.workflow import Doorverwijsuitkomst, Doorverwijswijze, Vervalreden
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht
from tests.fabrieken import NU

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]


def verwijs(vraag, partner, spelers, wijze=Doorverwijswijze.ZELF, **anders) -> Doorverwijzing:
    return verwijs_door(
        vraag,
        partner,
        **{"wijze": wijze, "gezin_akkoord": True, "door": spelers.carla, "nu": NU, **anders},
    )


@pytest.mark.parametrize(
    ("wijze", "zin"),
    [
        (
            Doorverwijswijze.ZELF,
            "We spraken met je over Open Deur. Je neemt zelf contact op. We geven niets van je door.",
        ),
        (
            Doorverwijswijze.DOORGEVEN,
            "Je vond het goed dat we je naam en je telefoonnummer doorgeven aan Open Deur. "
            "Ze nemen contact met je op. Meer geven we niet door.",
        ),
    ],
)
def test_the_family_reads_where_it_can_go_and_what_is_passed_on(
    spelers, vraag, partner, wijze, zin
):
    verwijzing = verwijs(vraag, partner, spelers, wijze)

    mail = Bericht.objects.get(sjabloon="aanvragen/doorverwezen")
    assert mail.titel == f"Hier kun je ook terecht, vraag {vraag.referentie}"
    assert zin in mail.tekst
    assert "Je leert er Nederlands, ook overdag.\n\n09 111 22 33\n" in mail.tekst
    assert verwijzing.toestemming_op == NU
    # Nothing goes to the partner by itself.
    assert not Bericht.objects.filter(sjabloon="aanvragen/doorverwezen").exclude(aan=mail.aan)


def test_without_the_family_nothing_is_stored(spelers, vraag, partner):
    with pytest.raises(ZonderToestemming):
        verwijs(vraag, partner, spelers, gezin_akkoord=False)

    assert not Doorverwijzing.objects.exists()


def test_a_partner_is_one_of_this_loket_that_still_exists(spelers, vraag, partner):
    elders = Partner.objects.create(
        loket=spelers.ander_loket, naam="Ver", soort="anders", telefoon="09 1"
    )
    partner.actief = False

    for een in (elders, partner):
        with pytest.raises(AndereLoket):
            verwijs(vraag, een, spelers)


def test_what_came_of_it_may_be_noted_after_the_question_ended(spelers, vraag, partner):
    verwijzing = verwijs(vraag, partner, spelers)
    trek_in(vraag, door=None, nu=NU)

    noteer_uitkomst(
        verwijzing,
        uitkomst=Doorverwijsuitkomst.GEHOLPEN,
        nota="Begint in april",
        door=spelers.carla,
        nu=NU,
    )

    assert not Doorverwijzing.objects.zonder_uitkomst().exists()
    laatste = gebeurtenissen_van(vraag).first()
    assert (laatste.werkwoord, laatste.gegevens) == (
        "aanvragen.doorverwijzing.uitkomst",
        {
            "doorverwijzing": verwijzing.pk,
            "partner": partner.pk,
            "wijze": "zelf",
            "uitkomst": "geholpen",
        },
    )
    with pytest.raises(OngeldigeOvergang):
        verwijs(vraag, partner, spelers)


def test_after_sad_news_nothing_is_asked_of_anybody(spelers, vraag, partner):
    verwijzing = verwijs(vraag, partner, spelers)
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=NU)

    assert not Doorverwijzing.objects.zonder_uitkomst().exists()
    with pytest.raises(OngeldigeOvergang):
        noteer_uitkomst(
            verwijzing,
            uitkomst=Doorverwijsuitkomst.GEEN_CONTACT,
            nota="",
            door=spelers.carla,
            nu=NU,
        )
