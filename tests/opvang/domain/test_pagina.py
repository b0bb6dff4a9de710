"""Texts of a location: concept, look by the loket, page; and what was public stays meanwhile."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.db import IntegrityError, transaction

from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from loket.models import Bericht, Gebeurtenis
from opvang.domain.nakijken import ZonderReden, keur_goed, stuur_terug, verander_foto
from opvang.domain.pagina import (
    Gezet,
    TekstIntussenGewijzigd,
    afdruk,
    bewaar_teksten,
    standen_van,
    verander_tekst,
    zet_op_pagina,
)
from opvang.models import Locatiefoto, Paginatekst
from opvang.workflow import (
    FOTOOVERGANGEN,
    TEKSTOVERGANGEN,
    Fotostatus,
    Onderwerp,
    Tekststatus,
)
from tests.fabrieken import NU, maak_locatie, maak_organisator
from tests.opvang.fabrieken_pagina import maak_foto, schrijf

pytestmark = pytest.mark.django_db


@pytest.fixture
def streng(spelers):
    """A loket that looks first."""
    spelers.loket.teksten_nakijken = True
    spelers.loket.save()
    return spelers


def stand(locatie, onderwerp=Onderwerp.OVER):
    return {een.onderwerp: een for een in standen_van(locatie)}[onderwerp]


def in_woorden(locatie, onderwerp=Onderwerp.OVER) -> tuple[str, str, str]:
    """What parents read, what the provider writes on, and its state."""
    nu = stand(locatie, onderwerp)
    return nu.zichtbaar, nu.tekst, nu.werk.status if nu.werk else ""


# The states


def test_every_status_has_a_row():
    assert set(TEKSTOVERGANGEN) == set(Tekststatus)
    assert set(FOTOOVERGANGEN) == set(Fotostatus)


@pytest.mark.parametrize(("van", "naar"), list(itertools.product(Tekststatus, Tekststatus)))
def test_text_moves_only_along_listed_edges(spelers, van, naar):
    tekst = Paginatekst.objects.create(
        locatie=spelers.egeltjes,
        onderwerp=Onderwerp.OVER,
        tekst="x",
        status=van,
        opmerking="Te kort.",
        gewijzigd_op=NU,
    )

    if naar in TEKSTOVERGANGEN[van]:
        verander_tekst(tekst, naar)
        oud = Paginatekst(pk=tekst.pk, status=van, versie=1)
        with pytest.raises(IntussenGewijzigd):
            verander_tekst(oud, naar)
    else:
        with pytest.raises(OngeldigeOvergang):
            verander_tekst(tekst, naar)
    tekst.refresh_from_db()
    assert tekst.status == (naar if naar in TEKSTOVERGANGEN[van] else van)


@pytest.mark.parametrize(("van", "naar"), list(itertools.product(Fotostatus, Fotostatus)))
def test_photo_moves_only_along_listed_edges(spelers, van, naar):
    foto = Locatiefoto.objects.create(
        locatie=spelers.egeltjes,
        breedte=1,
        hoogte=1,
        alt="x",
        status=van,
        opmerking="Te donker.",
        geplaatst_op=NU,
    )

    if naar in FOTOOVERGANGEN[van]:
        verander_foto(foto, naar)
        with pytest.raises(IntussenGewijzigd):
            verander_foto(Locatiefoto(pk=foto.pk, status=van, versie=1), naar)
    else:
        with pytest.raises(OngeldigeOvergang):
            verander_foto(foto, naar)


@pytest.mark.parametrize(
    "velden",
    [
        {"status": "onzin"},
        {"onderwerp": "onzin"},
        {"status": Tekststatus.TERUG, "opmerking": ""},
        {"status": Tekststatus.GEPUBLICEERD},  # a second public one
        {"status": Tekststatus.WACHT},  # a second one in the works
    ],
)
def test_database_refuses_what_must_never_be(spelers, velden):
    basis = {
        "locatie": spelers.egeltjes,
        "onderwerp": Onderwerp.OVER,
        "tekst": "x",
        "gewijzigd_op": NU,
    }
    Paginatekst.objects.create(**basis)
    Paginatekst.objects.create(**basis, status=Tekststatus.GEPUBLICEERD)

    with pytest.raises(IntegrityError), transaction.atomic():
        Paginatekst.objects.create(**(basis | velden))


# Writing


def test_concept_is_seen_by_nobody_until_it_is_published(spelers):
    locatie, farid = spelers.egeltjes, spelers.farid

    schrijf(locatie, door=farid, over="Eerst", publiceer=False)
    assert in_woorden(locatie) == ("", "Eerst", "concept")

    assert zet_op_pagina(locatie, door=farid, nu=NU) == Gezet(gepubliceerd=1)
    assert in_woorden(locatie) == ("Eerst", "Eerst", "")

    schrijf(locatie, door=farid, over="Daarna", publiceer=False)
    assert in_woorden(locatie) == ("Eerst", "Daarna", "concept")
    zet_op_pagina(locatie, door=farid, nu=NU)
    assert in_woorden(locatie) == ("Daarna", "Daarna", "")
    assert sorted(locatie.paginateksten.values_list("status", "tekst")) == [
        ("gepubliceerd", "Daarna"),
        ("vervangen", "Eerst"),
    ]
    assert zet_op_pagina(locatie, door=farid, nu=NU) == Gezet()


def test_base_text_stands_in_until_the_location_writes_its_own(spelers):
    locatie, farid = spelers.egeltjes, spelers.farid
    locatie.tekst = "Uit het register."
    locatie.save()

    assert in_woorden(locatie) == ("Uit het register.", "Uit het register.", "")
    schrijf(locatie, door=farid, over="Van ons.")
    assert in_woorden(locatie) == ("Van ons.", "Van ons.", "")
    schrijf(locatie, door=farid, over="", publiceer=False)
    assert stand(locatie).vervolg == "Uit het register."
    zet_op_pagina(locatie, door=farid, nu=NU)
    assert in_woorden(locatie) == ("Uit het register.", "Uit het register.", "")


def test_writing_back_what_stands_there_leaves_no_concept(spelers):
    locatie, farid = spelers.egeltjes, spelers.farid
    schrijf(locatie, door=farid, over="Eerst")
    schrijf(locatie, door=farid, over="Anders", publiceer=False)

    schrijf(locatie, door=farid, over="Eerst", publiceer=False)

    assert in_woorden(locatie) == ("Eerst", "Eerst", "")
    assert locatie.paginateksten.count() == 1


def test_colleague_who_wrote_meanwhile_is_not_overwritten(spelers):
    locatie, farid = spelers.egeltjes, spelers.farid
    gezien = {een.onderwerp: afdruk(een.tekst) for een in standen_van(locatie)}
    schrijf(locatie, door=farid, over="Van de collega", buiten="Tuin", publiceer=False)

    with pytest.raises(TekstIntussenGewijzigd) as nee:
        bewaar_teksten(
            locatie,
            {Onderwerp.OVER: "Van mij", Onderwerp.BUITEN: "", Onderwerp.DAG: "Fruit"},
            gezien=gezien,
            door=farid,
            nu=NU,
        )

    assert nee.value.onderwerpen == [Onderwerp.OVER]
    assert in_woorden(locatie) == ("", "Van de collega", "concept")
    # What this person did not touch is the colleague's; and nothing at all was written.
    assert in_woorden(locatie, Onderwerp.BUITEN) == ("", "Tuin", "concept")
    assert in_woorden(locatie, Onderwerp.DAG) == ("", "", "")


# The loket looks


def test_text_waits_for_the_loket_and_the_old_one_stays(streng):
    locatie, farid = streng.egeltjes, streng.farid
    Paginatekst.objects.create(
        locatie=locatie,
        onderwerp=Onderwerp.OVER,
        tekst="Oud",
        status=Tekststatus.GEPUBLICEERD,
        gewijzigd_op=NU,
    )

    schrijf(locatie, door=farid, over="Nieuw", publiceer=False)
    assert zet_op_pagina(locatie, door=farid, nu=NU) == Gezet(wacht=1)
    assert in_woorden(locatie) == ("Oud", "Nieuw", "wacht")

    tekst = stand(locatie).werk
    keur_goed(tekst, verwachte_versie=tekst.versie, door=streng.carla, nu=NU)
    assert in_woorden(locatie) == ("Nieuw", "Nieuw", "")
    publiek = locatie.paginateksten.publiek().get()
    assert (publiek.nagekeken_door, publiek.gepubliceerd_op) == (streng.carla, NU)
    laatste = Gebeurtenis.objects.filter(werkwoord="opvang.pagina.gepubliceerd").first()
    assert (laatste.door, laatste.gegevens) == (streng.carla, {"waarover": "over"})


def test_loket_gets_one_mail_a_day_about_a_location(streng):
    locatie, farid = streng.egeltjes, streng.farid
    schrijf(locatie, door=farid, over="A")
    schrijf(locatie, door=farid, dag="B")
    maak_foto(locatie, door=farid)
    schrijf(locatie, door=farid, buiten="C", nu=NU + dt.timedelta(days=1))

    mails = Bericht.objects.filter(sjabloon="opvang/nakijken")
    assert [mail.aan for mail in mails] == [streng.loket.email] * 2
    assert f"/balie/paginas/{locatie.slug}/" in mails[0].tekst
    assert mails[0].titel == "Nakijken: de pagina van De Egeltjes"


def test_emptied_topic_needs_no_look(streng):
    locatie, farid = streng.egeltjes, streng.farid
    schrijf(locatie, door=farid, over="Weg ermee")
    tekst = stand(locatie).werk
    keur_goed(tekst, verwachte_versie=tekst.versie, door=streng.carla, nu=NU)

    schrijf(locatie, door=farid, over="", publiceer=False)

    assert zet_op_pagina(locatie, door=farid, nu=NU) == Gezet(gepubliceerd=1)
    assert in_woorden(locatie) == ("", "", "")


def test_text_goes_back_with_a_sentence_and_comes_again(streng):
    locatie, farid = streng.egeltjes, streng.farid
    schrijf(locatie, door=farid, over="Beste opvang van de stad")
    tekst = stand(locatie).werk

    with pytest.raises(ZonderReden):
        stuur_terug(tekst, verwachte_versie=1, reden="", door=streng.carla, nu=NU)
    stuur_terug(
        tekst, verwachte_versie=1, reden="Vergelijk niet met anderen.", door=streng.carla, nu=NU
    )

    assert in_woorden(locatie) == ("", "Beste opvang van de stad", "terug")
    mail = Bericht.objects.get(sjabloon="opvang/teruggestuurd")
    assert mail.aan == farid.email
    assert mail.loket == streng.loket
    assert "Vergelijk niet met anderen." in mail.tekst
    assert "“" not in mail.titel
    # Publishing sends nothing that was not changed.
    assert zet_op_pagina(locatie, door=farid, nu=NU) == Gezet()
    schrijf(locatie, door=farid, over="Wij zijn De Egeltjes.")
    werk = stand(locatie).werk
    assert (werk.status, werk.versie, werk.opmerking) == ("wacht", 2, "")


def test_loket_does_not_approve_what_changed_under_its_eyes(streng):
    locatie, farid = streng.egeltjes, streng.farid
    schrijf(locatie, door=farid, over="Braaf")
    gezien = stand(locatie).werk
    schrijf(locatie, door=farid, over="Stout")

    nu = stand(locatie).werk
    with pytest.raises(IntussenGewijzigd):
        keur_goed(nu, verwachte_versie=gezien.versie, door=streng.carla, nu=NU)
    with pytest.raises(IntussenGewijzigd):
        # A copy read before the change refuses too.
        keur_goed(gezien, verwachte_versie=gezien.versie, door=streng.carla, nu=NU)
    assert in_woorden(locatie) == ("", "Stout", "wacht")


def test_public_text_that_goes_back_leaves_the_page(spelers):
    locatie, farid, carla = spelers.egeltjes, spelers.farid, spelers.carla
    schrijf(locatie, door=farid, over="Kwetsend", dag="Ook kwetsend")
    schrijf(locatie, door=farid, dag="Al beter", publiceer=False)

    for onderwerp in (Onderwerp.OVER, Onderwerp.DAG):
        stuur_terug(
            stand(locatie, onderwerp).publiek,
            verwachte_versie=1,
            reden="Dit kan niet.",
            door=carla,
            nu=NU,
        )

    assert in_woorden(locatie) == ("", "Kwetsend", "terug")
    # Where another version was in the works, that one stays as it is.
    assert in_woorden(locatie, Onderwerp.DAG) == ("", "Al beter", "concept")
    assert Bericht.objects.filter(sjabloon="opvang/teruggestuurd").count() == 2


def test_only_staff_of_the_area_finds_what_waits(streng):
    schrijf(streng.egeltjes, door=streng.farid, over="A", buiten="B")
    maak_foto(streng.egeltjes, door=streng.farid)
    zelfde_organisator_elders = maak_locatie(
        loket=streng.ander_loket, organisator=streng.egeltjes.organisator
    )
    schrijf(zelfde_organisator_elders, door=streng.farid, over="Elders, waar niemand nakijkt")

    for wie, teksten, fotos in (
        (streng.carla, 2, 1),
        (streng.dirk, 0, 0),
        (streng.els, 0, 0),
        (streng.joke, 0, 0),
        (streng.farid, 0, 0),
    ):
        assert Paginatekst.objects.voor_blik_van(wie).count() == teksten
        assert Locatiefoto.objects.voor_blik_van(wie).count() == fotos


def test_provider_sees_its_own_alone(streng):
    schrijf(streng.egeltjes, door=streng.farid, over="A")
    maak_organisator(lid=streng.bram)

    assert Paginatekst.objects.van_aanbieder(streng.farid).count() == 1
    assert Paginatekst.objects.van_aanbieder(streng.greet).count() == 0
    assert Paginatekst.objects.van_aanbieder(streng.bram).count() == 0
