"""A family changes its running question, and loses nothing that it did not give up itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from aanvragen.domain.beantwoorden import zet_op_wachtlijst
from aanvragen.domain.fouten import GeenLocaties, IntussenGewijzigd, OngeldigeOvergang, Weigering
from aanvragen.domain.gevolgen import Gevolgsoort, Wens, gevolgen_van, stempel, wens_van
from aanvragen.domain.kiezen import hou_vast
from aanvragen.domain.stoppen import trek_in
from aanvragen.domain.wijzigen import NietsVeranderd, keuzes_van, wijzig
from aanvragen.models import Aanmelding, Opvangvraag
from loket.models import Bericht, Gebeurtenis
from loket.week import uit_codes
from tests.fabrieken import NU, maak_locatie, maak_voorstel, maak_vraag

pytestmark = pytest.mark.django_db
LATER = NU + dt.timedelta(days=3)
WOENSDAG = uit_codes(["wo-vm", "wo-nm"])


@pytest.fixture
def vraag(spelers):
    return maak_vraag(spelers.loket, [spelers.egeltjes, spelers.zonnetje], gebruiker=spelers.amina)


def nu_gevraagd(vraag: Opvangvraag) -> Wens:
    return wens_van(vraag, keuzes_van(vraag))


def bij(vraag: Opvangvraag, locatie) -> Aanmelding:
    return vraag.aanmeldingen.select_related("locatie", "opvangvraag__loket").get(locatie=locatie)


def mails(sjabloon: str) -> list[str]:
    return sorted(
        Bericht.objects.filter(sjabloon=f"aanvragen/{sjabloon}").values_list("aan", flat=True)
    )


def test_other_days_ask_the_waiting_providers_anew_and_keep_the_date(vraag, spelers):
    voor, oud = bij(vraag, spelers.egeltjes), vraag.rooster

    gevolgen = wijzig(
        vraag, replace(nu_gevraagd(vraag), rooster=WOENSDAG), door=spelers.amina, nu=LATER
    )

    na = bij(vraag, spelers.egeltjes)
    vraag.refresh_from_db()
    assert [g.soort for g in gevolgen] == [Gevolgsoort.OPNIEUW, Gevolgsoort.OPNIEUW]
    assert (vraag.rooster, vraag.laatst_bevestigd) == (WOENSDAG, LATER)
    assert (na.verzonden_op, na.ronde) == (voor.verzonden_op, voor.ronde + 1)
    assert na.antwoord_voor > voor.antwoord_voor
    assert mails("aanbieder_gewijzigd") == ["egel@voorbeeld.test", "zon@voorbeeld.test"]
    assert mails("gewijzigd") == ["amina@voorbeeld.test"]
    gebeurtenis = Gebeurtenis.objects.get(werkwoord="aanvragen.vraag.gewijzigd")
    assert gebeurtenis.gegevens == {
        "velden": "rooster",
        "volgorde": False,
        "erbij": 0,
        "eraf": 0,
        "was_rooster": oud,
    }


@pytest.mark.parametrize("vast", [False, True])
def test_an_offer_stays_as_it_was_made(vraag, spelers, vast):
    voorstel = maak_voorstel(bij(vraag, spelers.zonnetje))
    if vast:
        hou_vast(voorstel, door=spelers.amina, nu=NU)
    voor = (voorstel.status, voorstel.rooster, voorstel.start, voorstel.geldig_tot)

    gevolgen = wijzig(
        vraag, replace(nu_gevraagd(vraag), rooster=WOENSDAG), door=spelers.amina, nu=LATER
    )

    voorstel.refresh_from_db()
    assert (voorstel.status, voorstel.rooster, voorstel.start, voorstel.geldig_tot) == voor
    assert [g.soort for g in gevolgen] == [Gevolgsoort.OPNIEUW, Gevolgsoort.BOD_BLIJFT]
    assert gevolgen[1].voorstel == voorstel


def test_a_place_on_a_waiting_list_stays(vraag, spelers):
    zet_op_wachtlijst(bij(vraag, spelers.egeltjes), door=spelers.farid, nu=NU)

    gevolgen = wijzig(
        vraag,
        replace(nu_gevraagd(vraag), gewenste_start=vraag.gewenste_start + dt.timedelta(days=31)),
        door=spelers.amina,
        nu=LATER,
    )

    na = bij(vraag, spelers.egeltjes)
    assert (na.status, na.ronde) == ("wachtlijst", 1)
    assert gevolgen[0].soort == Gevolgsoort.LIJST_BLIJFT


def test_dropping_a_wish_with_an_offer_gives_the_place_back(vraag, spelers):
    voorstel = maak_voorstel(bij(vraag, spelers.egeltjes))
    wens = replace(nu_gevraagd(vraag), locaties=(spelers.zonnetje.pk,))

    (gevolg,) = wijzig(vraag, wens, door=spelers.amina, nu=LATER)

    voorstel.refresh_from_db()
    assert (gevolg.soort, gevolg.is_verlies) == (Gevolgsoort.BOD_TERUG, True)
    assert voorstel.status == "geweigerd"
    assert bij(vraag, spelers.egeltjes).status == "geweigerd_door_ouder"
    assert bij(vraag, spelers.zonnetje).ronde == 1


def test_dropping_a_wish_without_an_offer_tells_that_provider_only(vraag, spelers):
    wens = replace(nu_gevraagd(vraag), locaties=(spelers.zonnetje.pk,))

    (gevolg,) = wijzig(vraag, wens, door=spelers.amina, nu=LATER)

    assert gevolg.soort == Gevolgsoort.STOPT
    assert bij(vraag, spelers.egeltjes).status == "vervallen"
    assert mails("aanbieder_vervallen") == ["egel@voorbeeld.test"]
    assert mails("aanbieder_gewijzigd") == []


def test_a_new_wish_is_asked_at_the_place_that_the_family_gave_it(vraag, spelers):
    molen = maak_locatie("De Molen", loket=spelers.loket)
    wens = replace(
        nu_gevraagd(vraag), locaties=(molen.pk, spelers.egeltjes.pk, spelers.zonnetje.pk)
    )

    (gevolg,) = wijzig(vraag, wens, door=spelers.amina, nu=LATER)

    assert gevolg.soort == Gevolgsoort.NIEUW
    assert [k.locatie.naam for k in keuzes_van(vraag)] == [
        "De Molen",
        "De Egeltjes",
        "Het Zonnetje",
    ]
    assert bij(vraag, molen).verzonden_op == LATER


def test_moving_a_wish_above_a_held_offer_lets_it_count_again(vraag, spelers):
    molen = maak_locatie("De Molen", loket=spelers.loket)
    wijzig(
        vraag,
        replace(nu_gevraagd(vraag), locaties=(spelers.egeltjes.pk, spelers.zonnetje.pk, molen.pk)),
        door=spelers.amina,
        nu=NU,
    )
    hou_vast(maak_voorstel(bij(vraag, spelers.zonnetje)), door=spelers.amina, nu=NU)
    omgekeerd = (molen.pk, spelers.zonnetje.pk, spelers.egeltjes.pk)

    gevolgen = wijzig(
        vraag, replace(nu_gevraagd(vraag), locaties=omgekeerd), door=spelers.amina, nu=LATER
    )

    assert [(g.opvang, g.soort) for g in gevolgen] == [
        ("De Molen", Gevolgsoort.TELT_WEER),
        ("De Egeltjes", Gevolgsoort.WACHT),
    ]
    opgeschort = vraag.aanmeldingen.opgeschort()
    assert [a.locatie_id for a in opgeschort] == [spelers.egeltjes.pk]
    assert bij(vraag, molen).ronde == 2


def test_the_page_tells_beforehand_what_happens(vraag, spelers):
    maak_voorstel(bij(vraag, spelers.egeltjes))
    wens = replace(nu_gevraagd(vraag), rooster=WOENSDAG, locaties=(spelers.zonnetje.pk,))
    verwacht = gevolgen_van(vraag, keuzes_van(vraag), wens, namen={})

    gedaan = wijzig(vraag, wens, door=spelers.amina, nu=LATER)

    assert [(g.opvang, g.soort) for g in gedaan] == [(g.opvang, g.soort) for g in verwacht]


def test_a_page_that_is_out_of_date_changes_nothing(vraag, spelers):
    gezien = stempel(vraag, keuzes_van(vraag))
    maak_voorstel(bij(vraag, spelers.egeltjes))
    wens = replace(nu_gevraagd(vraag), locaties=(spelers.zonnetje.pk,))

    with pytest.raises(IntussenGewijzigd):
        wijzig(vraag, wens, gezien=gezien, door=spelers.amina, nu=LATER)

    assert bij(vraag, spelers.egeltjes).status == "voorgesteld"


def test_that_a_provider_looked_does_not_make_a_page_stale(vraag):
    voor = stempel(vraag, keuzes_van(vraag))
    vraag.aanmeldingen.update(status="gezien")

    na = stempel(vraag, keuzes_van(vraag))

    assert na == voor


def test_what_is_refused(vraag, spelers):
    wens = nu_gevraagd(vraag)
    ander = replace(wens, rooster=WOENSDAG)
    dicht = maak_locatie("Dicht", loket=spelers.loket, zichtbaar=False)
    gevallen = [
        (wens, NietsVeranderd),
        (replace(ander, locaties=()), GeenLocaties),
        (replace(ander, locaties=(*wens.locaties, dicht.pk)), Weigering),
    ]
    for gevraagd, fout in gevallen:
        with pytest.raises(fout):
            wijzig(vraag, gevraagd, door=spelers.amina, nu=LATER)
    trek_in(vraag, door=spelers.amina, nu=LATER)

    with pytest.raises(OngeldigeOvergang):
        wijzig(vraag, ander, door=spelers.amina, nu=LATER)

    vraag.refresh_from_db()
    assert vraag.rooster == wens.rooster


def test_a_dropped_wish_is_not_asked_twice(vraag, spelers):
    wijzig(
        vraag,
        replace(nu_gevraagd(vraag), locaties=(spelers.zonnetje.pk,)),
        door=spelers.amina,
        nu=LATER,
    )
    terug = replace(nu_gevraagd(vraag), locaties=(spelers.zonnetje.pk, spelers.egeltjes.pk))

    with pytest.raises(Weigering, match="De Egeltjes kreeg je vraag al eens"):
        wijzig(vraag, terug, door=spelers.amina, nu=LATER)
