"""A second child or a twin: nothing that was said before is typed again."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from aanvragen.domain.concept import MAX_CONCEPTEN, begin_concept
from aanvragen.domain.dubbels import bevestig_samenvoegen, vraag_samenvoegen
from aanvragen.domain.fouten import DubbeleVraag
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.forms.vragenlijst import Stand
from aanvragen.models import Concept, Opvangvraag
from aanvragen.workflow import Kenmerkcode, Vervalreden
from tests.aanvragen.invullen import concept, datum, over, url, vul_in
from tests.aanvragen.post.fabrieken import maak_paar
from tests.aanvragen.test_aanvraag import meldingen, tekst
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_vraag,
    maak_vragen,
    ouder_gegevens,
    vraag_gegevens,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(client, spelers) -> Client:
    client.force_login(spelers.amina)
    return client


def vraag_van(spelers, **velden) -> Opvangvraag:
    """Amina asked for Noor, born two months ago."""
    velden.setdefault(
        "kinderen",
        (kind_gegevens(voornaam="Noor", familienaam="Haddad", geboortedatum=over(-60)),),
    )
    velden.setdefault(
        "vraag",
        vraag_gegevens(
            gewenste_start=over(120),
            flexibel_weken=4,
            flexibel_dagen=True,
            rooster=0b11,
            rooster_wissel=0b1100,
            zorgbehoefte="ja",
            ruimere_uren=("Voor7uur",),
            kenmerken=dict.fromkeys(Kenmerkcode.values, False)
            | {Kenmerkcode.WERK: True, Kenmerkcode.PLEEGKIND: True},
        ),
    )
    gemeente = spelers.loket.gemeenten.get()
    velden.setdefault(
        "ouder",
        ouder_gegevens(
            gemeente.pk, email=spelers.amina.email, postcode=gemeente.postcodes[0], taal="fr"
        ),
    )
    return maak_vraag(
        spelers.loket, [spelers.zonnetje, spelers.egeltjes], gebruiker=spelers.amina, **velden
    )


def zoals(client, vraag, **post) -> str:
    antwoord = client.post(f"/aanvraag/zoals/{vraag.referentie}/", post)
    sleutel = str(Concept.objects.latest("pk").sleutel)
    assert antwoord["Location"] == f"/aanvraag/{sleutel}/kind/?terug=controleer"
    return sleutel


def stuur(client, sleutel: str) -> None:
    antwoord = client.post(url(sleutel, "controleer"), {"akkoord": "on"})
    assert antwoord["Location"] == url(sleutel, "verstuurd"), antwoord["Location"]


def test_only_the_child_is_left_to_type(amina, spelers):
    eerste = vraag_van(spelers)

    sleutel = zoals(amina, eerste)
    kind = amina.get(url(sleutel, "kind"))
    naar = amina.post(
        url(sleutel, "kind"),
        {
            "aantal": "1",
            "geboren_0": "ja",
            "voornaam_0": "Sami",
            "familienaam_0": "Haddad",
            **datum("datum_0", over(-30)),
            "terug": "controleer",
        },
    )
    nakijken = amina.get(naar["Location"])

    assert "De rest namen we over van Noor." in tekst(kind)
    assert naar["Location"] == url(sleutel, "controleer")
    assert "We namen over wat je invulde voor Noor." in tekst(nakijken)
    stuur(amina, sleutel)
    tweede = Opvangvraag.objects.exclude(pk=eerste.pk).get()
    for veld in (
        "gewenste_start", "flexibel_weken", "flexibel_dagen", "rooster", "rooster_wissel",
        "ruimere_uren", "vormwens", "prijswens", "dringende_reden", "aanvrager_id", "loket_id",
    ):  # fmt: skip
        assert getattr(tweede, veld) == getattr(eerste, veld), veld
    assert tweede.kind.gezin == eerste.kind.gezin
    assert tweede.kind.meerling is None
    assert [a.locatie for a in tweede.aanmeldingen.order_by("rang")] == [
        spelers.zonnetje,
        spelers.egeltjes,
    ]


def test_what_is_about_the_other_child_is_not_taken_along(amina, spelers):
    sleutel = zoals(amina, vraag_van(spelers))

    situatie = concept(sleutel).gegevens["situatie"]
    assert "zorg" not in situatie
    assert situatie["kenmerken"] == [Kenmerkcode.WERK]


def test_start_that_has_passed_is_asked_again(amina, spelers):
    eerste = vraag_van(spelers)
    Opvangvraag.objects.filter(pk=eerste.pk).update(gewenste_start=over(-1))

    sleutel = zoals(amina, eerste)

    assert "wanneer" not in concept(sleutel).gegevens


def test_locations_chosen_now_go_before_those_of_then(amina, spelers):
    eerste = vraag_van(spelers)
    amina.post("/zoeken/kies/", {"locatie": spelers.egeltjes.pk})

    sleutel = zoals(amina, eerste)

    assert concept(sleutel).gegevens["opvang"]["locatie"] == [str(spelers.egeltjes.pk)]


def test_no_preference_is_taken_along(amina, spelers):
    gemeente = spelers.loket.gemeenten.get()
    (eerste,) = maak_vragen(
        spelers.loket, [], gebruiker=spelers.amina, locatie_ids=(), gebied_ids=(gemeente.pk,)
    )

    opvang = concept(zoals(amina, eerste)).gegevens["opvang"]

    assert (opvang["keuze"], opvang["gebied"]) == (["overal"], [str(gemeente.pk)])
    assert "locatie" not in opvang


def test_born_twin_needs_a_first_name_only(amina, spelers):
    eerste = vraag_van(spelers)

    sleutel = zoals(amina, eerste, tweeling="1")
    form = amina.get(url(sleutel, "kind")).context["form"]
    amina.post(url(sleutel, "kind"), {**form.data.dict(), "voornaam_0": "Sami"})
    stuur(amina, sleutel)

    tweede = Opvangvraag.objects.exclude(pk=eerste.pk).get()
    eerste.kind.refresh_from_db()
    assert tweede.kind.geboortedatum == eerste.kind.geboortedatum
    assert tweede.kind.meerling == eerste.kind.meerling is not None


def test_unborn_twin_is_another_child_once(amina, spelers):
    baby = kind_gegevens(familienaam="Haddad", verwachte_geboortedatum=over(60))
    eerste = vraag_van(spelers, kinderen=(baby,), vraag=vraag_gegevens(gewenste_start=over(200)))

    sleutel = zoals(amina, eerste, tweeling="1")
    stuur(amina, sleutel)
    derde = zoals(amina, eerste, tweeling="1")
    nog_eens = amina.post(url(derde, "controleer"), {"akkoord": "on"}, follow=True)

    assert Opvangvraag.objects.count() == 2
    assert len({vraag.kind.meerling for vraag in Opvangvraag.objects.all()}) == 1
    assert "Je hebt voor dit kind al een opvangvraag." in meldingen(nog_eens)[0]


def test_unborn_sibling_with_the_same_date_is_still_the_same_child(amina, spelers):
    baby = kind_gegevens(familienaam="Haddad", verwachte_geboortedatum=over(60))
    vraag_van(spelers, kinderen=(baby,), vraag=vraag_gegevens(gewenste_start=over(200)))

    with pytest.raises(DubbeleVraag):
        vraag_van(spelers, kinderen=(baby,), vraag=vraag_gegevens(gewenste_start=over(200)))


def test_twin_with_another_date_is_no_twin(amina, spelers):
    eerste = vraag_van(spelers)

    sleutel = zoals(amina, eerste, tweeling="1")
    form = amina.get(url(sleutel, "kind")).context["form"]
    ander = {**form.data.dict(), "voornaam_0": "Sami", **datum("datum_0", over(-400))}
    ander.pop("datum_0")
    amina.post(url(sleutel, "kind"), ander)
    stuur(amina, sleutel)

    tweede = Opvangvraag.objects.exclude(pk=eerste.pk).get()
    assert (tweede.kind.geboortedatum, tweede.kind.meerling) == (over(-400), None)


def test_question_of_another_family_does_not_exist(amina, spelers):
    van_bram = maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.bram)

    antwoord = amina.post(f"/aanvraag/zoals/{van_bram.referentie}/")

    assert antwoord.status_code == 404
    assert Concept.objects.count() == 0


def test_second_parent_goes_under_the_own_name(spelers):
    eerste = vraag_van(spelers)
    eerste.kind.gezin.ouders.create(
        gebruiker=spelers.bram, voornaam="Bram", familienaam="Peeters", email="bram@voorbeeld.test"
    )
    bram = Client()
    bram.force_login(spelers.bram)

    wie = concept(zoals(bram, eerste)).gegevens["wie"]

    assert (wie["voornaam"], wie["familienaam"]) == (["Bram"], ["Peeters"])


def test_who_follows_by_a_merge_is_given_nothing_of_the_other_household(client, spelers):
    eerste, dubbel = maak_paar(spelers)
    gevraagd = vraag_samenvoegen(dubbel, door=spelers.carla, nu=NU)
    bevestig_samenvoegen(gevraagd, door=spelers.amina, nu=NU, wijze="online")
    client.force_login(spelers.bram)

    antwoord = client.post(f"/aanvraag/zoals/{eerste.referentie}/")
    begin = client.get("/aanvraag/")
    leeg = begin_concept(loket=spelers.loket, gebruiker=spelers.bram, nu=timezone.now())
    wie = client.get(url(str(leeg.sleutel), "wie"))

    assert antwoord.status_code == 404
    assert eerste.referentie not in tekst(begin)
    assert "Bosweg" in wie.content.decode()
    assert "Molenkouter" not in wie.content.decode()


def test_child_after_sad_news_is_never_named_again(amina, spelers):
    eerste = vraag_van(spelers)
    laat_vervallen(eerste, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=eerste.aangemaakt_op)

    begin = amina.get("/aanvraag/")
    antwoord = amina.post(f"/aanvraag/zoals/{eerste.referentie}/")

    assert antwoord.status_code == 404
    assert begin.context["eerder"] == []
    assert "Noor" not in tekst(begin)


def test_begin_offers_the_earlier_children_and_an_empty_form(amina, spelers):
    vraag_van(spelers)
    begin_concept(loket=spelers.loket, gebruiker=spelers.amina, nu=timezone.now())

    lopend = amina.get("/aanvraag/")
    nieuw = amina.get("/aanvraag/?nieuw=1")

    assert "stappen klaar" in tekst(lopend)
    assert 'href="/aanvraag/?nieuw=1"' in lopend.content.decode()
    assert "Voor een broer of zus van Noor Haddad" in tekst(nieuw)
    assert "Voor het tweede kind van een tweeling" in tekst(nieuw)
    assert "Of begin met een leeg formulier" in tekst(nieuw)


def test_too_many_drafts_is_told(amina, spelers):
    eerste = vraag_van(spelers)
    for _ in range(MAX_CONCEPTEN):
        begin_concept(loket=spelers.loket, gebruiker=spelers.amina, nu=timezone.now())

    antwoord = amina.post(f"/aanvraag/zoals/{eerste.referentie}/", follow=True)

    assert Concept.objects.count() == MAX_CONCEPTEN
    assert meldingen(antwoord)[0].startswith("Je hebt al veel aanvragen die niet af zijn.")


def test_sent_page_leads_on_to_the_next_child(amina, spelers):
    sleutel = vul_in(amina, spelers.loket, [spelers.egeltjes])
    stuur(amina, sleutel)

    verstuurd = amina.get(url(sleutel, "verstuurd"))
    (vraag,) = Opvangvraag.objects.all()
    verder = zoals(amina, vraag)

    assert "Voor een broer of zus van Sami Haddad" in tekst(verstuurd)
    lijst = amina.get(url(verder, "taken")).context["taken"]
    assert [taak.stap.slug for taak in lijst if taak.stand != Stand.KLAAR] == ["kind"]
    assert concept(verder).gegevens["wie"]["straat"] == ["Molenkouter"]


def test_other_address_is_that_of_the_family_now(amina, spelers):
    gemeente = spelers.loket.gemeenten.get()
    eerste = vraag_van(
        spelers,
        ouder=ouder_gegevens(gemeente.pk, email=spelers.amina.email, straat="Oude Weg"),
    )
    eerste.kind.gezin.straat = "Nieuwe Weg"
    eerste.kind.gezin.save()

    assert concept(zoals(amina, eerste)).gegevens["wie"]["straat"] == ["Nieuwe Weg"]
