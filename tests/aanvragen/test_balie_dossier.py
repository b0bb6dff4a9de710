from __future__ import annotations

import datetime as dt
import html
import re

import pytest
import time_machine

from aanvragen.domain.beantwoorden import zet_op_wachtlijst
from aanvragen.domain.fouten import OngeldigeOvergang, Weigering
from aanvragen.domain.keuzes import voeg_keuze_toe
from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.domain.voorstellen import laat_verlopen
from aanvragen.models import Kenmerk, Opvangvraag, Plaatsing, Voorstel
from aanvragen.workflow import (
    Aanmeldingstatus,
    Vervalreden,
    Voorstelstatus,
    Vraagstatus,
)
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht, Inzage, Rol
from loket.workflow import Berichtstatus
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_aanbod,
    maak_gebruiker,
    maak_lid,
    maak_locatie,
    maak_voorstel,
    maak_vraag,
    maak_vragen,
    ouder_gegevens,
    vraag_gegevens,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]
LOU = kind_gegevens(voornaam="Lou", familienaam="Peeters", geboortedatum=dt.date(2026, 1, 15))


@pytest.fixture
def op_die_dag():
    with time_machine.travel(NU, tick=False) as reiziger:
        yield reiziger


@pytest.fixture
def vraag(spelers) -> Opvangvraag:
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Amina",
            familienaam="Haddad",
            email="amina@voorbeeld.test",
            telefoon="0470 11 22 33",
            straat="Molenkouter",
            huisnummer="31",
            taal="ar",
            tolk=True,
        ),
        kinderen=(
            kind_gegevens(familienaam="Haddad", verwachte_geboortedatum=dt.date(2026, 5, 14)),
        ),
        vraag=vraag_gegevens(kenmerken={"WerkOpleiding": True, "Alleenstaanden": False}),
    )


@pytest.fixture
def dubbel(spelers) -> Opvangvraag:
    """The second question for Lou; the first is the one it may be the double of."""
    maak_vraag(spelers.loket, [spelers.egeltjes], kinderen=(LOU,), gebruiker=spelers.amina)
    return maak_vraag(spelers.loket, [spelers.zonnetje], kinderen=(LOU,), gebruiker=spelers.bram)


@pytest.fixture
def als_carla(client, spelers):
    client.force_login(spelers.carla)
    return client


def pad(vraag) -> str:
    return f"/balie/dossier/{vraag.referentie}/"


def lees(antwoord) -> str:
    """The words of a page, as somebody reads them."""
    tekst = re.sub(r"(</?(?:bdi|b|span|time)\b[^>]*>)", "", antwoord.content.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", tekst)).split())


# Reading


def test_the_dossier_reads_in_ten_seconds(als_carla, vraag):
    tekst = lees(als_carla.get(pad(vraag)))

    assert f"Vraag {vraag.referentie}, van Amina Haddad, sinds 2 mrt 2026. Online." in tekst
    assert "Nog niet geboren verwacht 14 mei 2026" in tekst
    assert "Start 1 sep 2026 mag niet schuiven" in tekst
    assert "Nu 2 × verstuurd" in tekst
    assert "Wilgenrade 1 ouder bekend tolk gewenst" in tekst
    assert "Molenkouter 31, 9000 Wilgenrade" in tekst
    assert "Arabisch, hulp van een tolk gewenst" in tekst
    assert "Nu is er niets te doen" in tekst
    assert "1 kenmerk" in tekst


def test_traits_say_how_sure_they_are(als_carla, vraag):
    Kenmerk.objects.filter(code="WerkOpleiding").update(stand="bewezen")

    kenmerken = {
        str(label)[:20]: kenmerk and (kenmerk.aanwezig, kenmerk.stand)
        for label, kenmerk in als_carla.get(pad(vraag)).context["kenmerken"]
    }

    assert kenmerken["Ik heb opvang nodig "] == (True, "bewezen")
    assert kenmerken["Ik sta er alleen voo"] == (False, "verklaard")
    assert kenmerken["Het kind is een plee"] is None


def test_opening_a_dossier_is_recorded_once_an_hour(als_carla, spelers, vraag):
    als_carla.get(pad(vraag))
    als_carla.get(pad(vraag))

    inzage = Inzage.objects.get()
    assert (inzage.gebruiker, inzage.onderwerp_soort, inzage.onderwerp_id, inzage.op) == (
        spelers.carla,
        "aanvragen.opvangvraag",
        vraag.pk,
        NU,
    )


def test_the_one_thing_to_do_is_on_top(als_carla, spelers, vraag, op_die_dag):
    op_die_dag.shift(dt.timedelta(days=15))
    als_carla.force_login(spelers.carla)

    tekst = lees(als_carla.get(pad(vraag)))

    assert "Nu doen Bel De Egeltjes" in tekst
    assert "Gaf geen antwoord voor 16 maart." in tekst
    assert "Noteer het antwoord Stuur een herinnering" in tekst


def test_the_logbook_tells_events_and_mails(als_carla, vraag):
    Bericht.objects.filter(sjabloon="aanvragen/ontvangen").update(
        status=Berichtstatus.VERZONDEN, verzonden_op=NU
    )

    tekst = lees(als_carla.get(pad(vraag)))

    assert "De vraag kwam binnen (vanzelf)" in tekst
    assert (
        f"Mail aan amina@voorbeeld.test: We hebben je vraag {vraag.referentie} ontvangen" in tekst
    )
    assert "Mail aan egel@voorbeeld.test vertrekt zo: Heb je plaats?" in tekst


def test_after_sad_news_the_dossier_is_as_neutral_as_the_mail(als_carla, vraag):
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=NU)

    tekst = lees(als_carla.get(pad(vraag)))

    assert "Vervallen" in tekst
    assert "droevig" not in tekst.lower()


def test_a_dossier_shows_the_other_questions_of_the_family(als_carla, spelers):
    gegevens = {
        "kinderen": (
            kind_gegevens(voornaam="Ada", familienaam="Claes"),
            kind_gegevens(voornaam="Bas", familienaam="Claes"),
        )
    }
    ada, bas = maak_vragen(spelers.loket, [spelers.egeltjes], **gegevens)

    tekst = lees(als_carla.get(pad(ada)))

    assert f"Bas Claes, {bas.referentie}" in tekst


def test_the_dossier_takes_the_same_queries_for_more_locations(
    als_carla, spelers, vraag, django_assert_num_queries
):
    een = maak_vraag(spelers.loket, [spelers.egeltjes])
    for v in (een, vraag):
        als_carla.get(pad(v))
        with django_assert_num_queries(29):
            als_carla.get(pad(v))


@pytest.mark.parametrize("wie", ["dirk", "els"])
def test_another_loket_and_a_toeleider_without_consent_get_404(client, spelers, vraag, wie):
    client.force_login(getattr(spelers, wie))
    aanmelding = vraag.aanmeldingen.first()
    voorstel = maak_voorstel(aanmelding)
    bericht = Bericht.objects.first()

    for vervolg in (
        "",
        "geboorte/",
        "stoppen/",
        f"opvang/{aanmelding.uuid}/antwoord/",
        f"voorstel/{voorstel.pk}/",
    ):
        assert client.get(pad(vraag) + vervolg).status_code == 404
    for vervolg in (
        "dubbel/",
        "nog-nodig/",
        "geboorte/",
        "stoppen/",
        f"opvang/{aanmelding.uuid}/antwoord/",
        f"opvang/{aanmelding.uuid}/herinnering/",
        f"voorstel/{voorstel.pk}/",
        f"voorstel/{voorstel.pk}/intrekken/",
        f"bericht/{bericht.pk}/opnieuw/",
    ):
        assert client.post(pad(vraag) + vervolg).status_code == 404
    assert not Inzage.objects.exists()


def test_things_of_another_question_do_not_exist_here(als_carla, spelers, vraag):
    ander = maak_vraag(spelers.loket, [spelers.egeltjes])
    aanmelding = ander.aanmeldingen.get()
    voorstel = maak_voorstel(aanmelding)
    bericht = Bericht.objects.over(ander).first()

    assert als_carla.post(pad(vraag) + f"opvang/{aanmelding.uuid}/herinnering/").status_code == 404
    assert als_carla.get(pad(vraag) + f"opvang/{aanmelding.uuid}/antwoord/").status_code == 404
    assert als_carla.get(pad(vraag) + f"voorstel/{voorstel.pk}/").status_code == 404
    assert als_carla.post(pad(vraag) + f"bericht/{bericht.pk}/opnieuw/").status_code == 404


# Possible doubles


def test_a_possible_double_is_judged_side_by_side(als_carla, spelers, dubbel):
    eerste = dubbel.mogelijk_dubbel_van

    tekst = lees(als_carla.get(pad(dubbel)))

    assert "Kijk na: twee keer hetzelfde kind?" in tekst
    assert f"Nummer {dubbel.referentie} {eerste.referentie}" in tekst
    assert "Zelfde kind: vraag het aan de ouder" in tekst
    assert sorted(Inzage.objects.values_list("onderwerp_id", flat=True)) == sorted(
        [dubbel.pk, eerste.pk]
    )


def test_merging_keeps_the_first_and_lets_both_parents_follow_it(als_carla, spelers, dubbel):
    eerste = dubbel.mogelijk_dubbel_van

    antwoord = als_carla.post(f"{pad(dubbel)}dubbel/", {"besluit": "samen"})

    assert antwoord["Location"] == pad(eerste)
    dubbel.refresh_from_db()
    assert (dubbel.status, dubbel.vervalreden) == (Vraagstatus.VERVALLEN, Vervalreden.DUBBEL)
    assert Opvangvraag.objects.van_ouder(spelers.bram).filter(pk=eerste.pk).exists()


def test_releasing_sends_the_question_to_its_locations(als_carla, dubbel):
    antwoord = als_carla.post(f"{pad(dubbel)}dubbel/", {"besluit": "vrij"}, follow=True)

    assert "De vraag is nu bij de opvang. Het gezin krijgt een mail." in lees(antwoord)
    dubbel.refresh_from_db()
    assert dubbel.status == Vraagstatus.ACTIEF


def test_a_second_click_is_answered_kindly(als_carla, dubbel):
    als_carla.post(f"{pad(dubbel)}dubbel/", {"besluit": "vrij"})

    antwoord = als_carla.post(f"{pad(dubbel)}dubbel/", {"besluit": "samen"}, follow=True)

    assert "Dat kan niet meer: de situatie is intussen veranderd." in lees(antwoord)
    assert antwoord.redirect_chain == [(pad(dubbel), 302)]


def test_a_judgement_without_a_choice_gets_422(als_carla, dubbel):
    antwoord = als_carla.post(f"{pad(dubbel)}dubbel/", {"besluit": "misschien"})

    assert antwoord.status_code == 422
    assert "Kies of het hetzelfde kind is of een ander kind." in lees(antwoord)


def test_a_toeleider_neither_sees_nor_judges_the_other_family(client, spelers):
    maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        kinderen=(LOU,),
        ouder=ouder_gegevens(spelers.loket.gemeenten.get().pk, familienaam="Geheim"),
    )
    van_els = maak_vraag(
        spelers.loket, [spelers.zonnetje], kinderen=(LOU,), door=spelers.els, kanaal="toeleider"
    )
    client.force_login(spelers.els)

    tekst = lees(client.get(pad(van_els)))

    assert van_els.mogelijk_dubbel_van is not None
    assert "Geheim" not in tekst
    assert "voeg samen" not in tekst
    assert [inzage.onderwerp_id for inzage in Inzage.objects.all()] == [van_els.pk]
    assert client.post(f"{pad(van_els)}dubbel/", {"besluit": "vrij"}).status_code == 403


# On the phone with a provider


def test_a_reminder_goes_out_once_a_day(als_carla, spelers, vraag):
    aanmelding = vraag.aanmeldingen.get(locatie=spelers.egeltjes)
    adres = f"{pad(vraag)}opvang/{aanmelding.uuid}/herinnering/"

    eerste, tweede = (lees(als_carla.post(adres, follow=True)) for _ in range(2))

    assert "De Egeltjes krijgt een herinnering in een mail." in eerste
    assert "Het loket herinnerde De Egeltjes aan de vraag (Carla)" in eerste
    assert "Deze opvang kreeg vandaag al een herinnering." in tweede
    herinneringen = Bericht.objects.filter(sjabloon="aanvragen/aanbieder_herinnering")
    assert [b.aan for b in herinneringen] == ["egel@voorbeeld.test"]


def test_a_location_without_an_address_has_to_be_rung(als_carla, spelers, vraag):
    organisator = spelers.egeltjes.organisator
    organisator.email = ""
    organisator.save()
    organisator.leden.all().delete()
    aanmelding = vraag.aanmeldingen.get(locatie=spelers.egeltjes)

    antwoord = als_carla.post(f"{pad(vraag)}opvang/{aanmelding.uuid}/herinnering/", follow=True)

    assert "Van deze opvang kennen we geen e-mailadres. Bel de opvang." in lees(antwoord)


def test_an_answered_request_is_not_reminded(als_carla, vraag):
    aanmelding = vraag.aanmeldingen.first()
    zet_op_wachtlijst(aanmelding, door=None, nu=NU)

    antwoord = als_carla.post(f"{pad(vraag)}opvang/{aanmelding.uuid}/herinnering/", follow=True)

    assert "Dat kan niet meer: de situatie is intussen veranderd." in lees(antwoord)


def test_an_answer_by_phone_is_noted_in_the_name_of_the_provider(als_carla, spelers, vraag):
    aanmelding = vraag.aanmeldingen.get(locatie=spelers.egeltjes)
    adres = f"{pad(vraag)}opvang/{aanmelding.uuid}/antwoord/"
    assert "Noteer het antwoord van De Egeltjes" in lees(als_carla.get(adres))

    antwoord = als_carla.post(adres, {"antwoord": "nee", "keuze": "dagen"}, follow=True)

    assert "Genoteerd: het antwoord van De Egeltjes. Het gezin krijgt een mail." in lees(antwoord)
    assert (
        "De Egeltjes heeft geen plaats: we hebben geen plaats op deze dagen "
        "(Carla, voor de opvang, aan de telefoon)" in lees(antwoord)
    )
    gedaan = gebeurtenissen_van(vraag).first()
    assert (gedaan.door, gedaan.namens) == (spelers.carla, "opvang aan de telefoon")


def test_an_answer_that_misses_something_gets_422(als_carla, vraag):
    aanmelding = vraag.aanmeldingen.first()
    adres = f"{pad(vraag)}opvang/{aanmelding.uuid}/antwoord/"

    assert als_carla.post(adres, {"antwoord": "nee"}).status_code == 422


def test_an_answer_that_is_no_longer_possible_leads_back(als_carla, vraag):
    aanmelding = vraag.aanmeldingen.first()
    maak_voorstel(aanmelding)

    antwoord = als_carla.get(f"{pad(vraag)}opvang/{aanmelding.uuid}/antwoord/", follow=True)

    assert antwoord.redirect_chain == [(pad(vraag), 302)]


def test_a_provider_takes_its_offer_back_by_phone(als_carla, spelers, vraag):
    voorstel = maak_voorstel(vraag.aanmeldingen.first())

    als_carla.post(f"{pad(vraag)}voorstel/{voorstel.pk}/intrekken/")

    voorstel.refresh_from_db()
    assert voorstel.status == Voorstelstatus.INGETROKKEN
    assert gebeurtenissen_van(vraag).first().namens == "opvang aan de telefoon"


# On the phone with a family


@pytest.mark.parametrize(
    ("besluit", "voorstelstand", "aanmeldingstand"),
    [
        ("ja", Voorstelstatus.AANVAARD, Aanmeldingstatus.AANVAARD),
        ("vast_nemen", Voorstelstatus.VASTGEHOUDEN, Aanmeldingstatus.VOORGESTELD),
        ("vast_vrijgeven", Voorstelstatus.VASTGEHOUDEN, Aanmeldingstatus.VOORGESTELD),
        ("wachtlijst", Voorstelstatus.GEWEIGERD, Aanmeldingstatus.WACHTLIJST),
        ("nee", Voorstelstatus.GEWEIGERD, Aanmeldingstatus.GEWEIGERD_OUDER),
    ],
)
def test_staff_note_what_a_family_decides(
    als_carla, spelers, vraag, besluit, voorstelstand, aanmeldingstand
):
    aanmelding = vraag.aanmeldingen.last()
    voorstel = maak_voorstel(aanmelding)
    adres = f"{pad(vraag)}voorstel/{voorstel.pk}/"
    assert f"Het voorstel van {aanmelding.locatie.naam}" in lees(als_carla.get(adres))

    antwoord = als_carla.post(adres, {"besluit": besluit}, follow=True)

    assert "Genoteerd: de beslissing van het gezin." in lees(antwoord)
    voorstel.refresh_from_db()
    aanmelding.refresh_from_db()
    assert (voorstel.status, aanmelding.status) == (voorstelstand, aanmeldingstand)
    namen = set(
        gebeurtenissen_van(vraag)
        .filter(werkwoord__startswith="aanvragen.voorstel.")
        .exclude(werkwoord="aanvragen.voorstel.gedaan")
        .values_list("door__naam", "namens")
    )
    assert namen == {("Carla", "gezin aan de telefoon")}


def test_a_shared_place_that_is_gone_is_told_on_the_phone(als_carla, spelers, vraag):
    aanbod = maak_aanbod(spelers.egeltjes)
    ander = maak_vraag(spelers.loket, [spelers.egeltjes])
    gedeeld = maak_voorstel(vraag.aanmeldingen.first(), aanbod, reserveert=False)
    aanvaard(maak_voorstel(ander.aanmeldingen.get(), aanbod), door=None, nu=NU)

    antwoord = als_carla.post(f"{pad(vraag)}voorstel/{gedeeld.pk}/", {"besluit": "ja"})

    assert antwoord.status_code == 422
    assert "Een ander gezin heeft deze plaats net voor jou genomen." in lees(antwoord)
    assert Plaatsing.objects.filter(opvangvraag=vraag).count() == 0


def test_a_decision_without_a_choice_gets_422(als_carla, vraag):
    voorstel = maak_voorstel(vraag.aanmeldingen.first())

    for gegevens in ({}, {"besluit": "hack"}):
        antwoord = als_carla.post(f"{pad(vraag)}voorstel/{voorstel.pk}/", gegevens)
        assert antwoord.status_code == 422
    assert Voorstel.objects.get().status == Voorstelstatus.OPEN


def test_an_offer_that_ended_leads_back(als_carla, vraag):
    voorstel = maak_voorstel(vraag.aanmeldingen.first())
    als_carla.post(f"{pad(vraag)}voorstel/{voorstel.pk}/", {"besluit": "nee"})

    antwoord = als_carla.get(f"{pad(vraag)}voorstel/{voorstel.pk}/", follow=True)

    assert antwoord.redirect_chain == [(pad(vraag), 302)]


def test_a_family_that_still_looks_is_noted(als_carla, spelers, vraag, op_die_dag):
    op_die_dag.shift(dt.timedelta(days=40))
    als_carla.force_login(spelers.carla)

    antwoord = als_carla.post(f"{pad(vraag)}nog-nodig/", follow=True)

    assert "Genoteerd: het gezin zoekt nog opvang." in lees(antwoord)
    vraag.refresh_from_db()
    assert vraag.laatst_bevestigd == NU + dt.timedelta(days=40)


def test_a_birth_is_noted(als_carla, spelers, vraag, op_die_dag):
    op_die_dag.shift(dt.timedelta(days=70))
    als_carla.force_login(spelers.carla)

    antwoord = als_carla.post(
        f"{pad(vraag)}geboorte/", {"voornaam": "Noor", "geboortedatum": "2026-05-10"}, follow=True
    )

    assert "Genoteerd: het kind is geboren." in lees(antwoord)
    vraag.kind.refresh_from_db()
    assert (vraag.kind.voornaam, vraag.kind.geboortedatum) == ("Noor", dt.date(2026, 5, 10))
    assert als_carla.get(f"{pad(vraag)}geboorte/").status_code == 302


def test_a_birth_in_the_future_gets_422(als_carla, vraag):
    antwoord = als_carla.post(
        f"{pad(vraag)}geboorte/", {"voornaam": "Noor", "geboortedatum": "2026-05-10"}
    )

    assert antwoord.status_code == 422


# Ending


@pytest.mark.parametrize(
    ("uitkomst", "status", "reden", "mail"),
    [
        ("ingetrokken", Vraagstatus.INGETROKKEN, "", "aanvragen/ingetrokken"),
        ("verhuisd", Vraagstatus.VERVALLEN, "verhuisd", "aanvragen/vervallen"),
        ("droevig_nieuws", Vraagstatus.VERVALLEN, "droevig_nieuws", None),
        ("onbeantwoord", Vraagstatus.ONBEANTWOORD, "", "aanvragen/onbeantwoord"),
    ],
)
def test_a_question_ends_as_staff_say(als_carla, spelers, vraag, uitkomst, status, reden, mail):
    antwoord = als_carla.post(f"{pad(vraag)}stoppen/", {"uitkomst": uitkomst}, follow=True)

    assert "De vraag is gestopt. De opvang weet het." in lees(antwoord)
    vraag.refresh_from_db()
    assert (vraag.status, vraag.vervalreden) == (status, reden)
    aan_gezin = Bericht.objects.filter(aan="amina@voorbeeld.test", status=Berichtstatus.WACHT)
    assert [b.sjabloon for b in aan_gezin] == ([mail] if mail else [])


@pytest.mark.parametrize("uitkomst", ["", "dubbel", "hack"])
def test_an_end_that_does_not_exist_gets_422(als_carla, vraag, uitkomst):
    antwoord = als_carla.post(f"{pad(vraag)}stoppen/", {"uitkomst": uitkomst})

    assert antwoord.status_code == 422
    vraag.refresh_from_db()
    assert vraag.status == Vraagstatus.ACTIEF


def test_only_the_loket_closes_a_question_as_unanswered(client, spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes], door=spelers.els, kanaal="toeleider")
    client.force_login(spelers.els)

    keuzes = dict(client.get(f"{pad(vraag)}stoppen/").context["form"].fields["uitkomst"].choices)

    assert "onbeantwoord" not in keuzes
    assert "ingetrokken" in keuzes
    assert client.post(f"{pad(vraag)}stoppen/", {"uitkomst": "onbeantwoord"}).status_code == 422


def test_a_placed_question_can_only_lapse(als_carla, vraag):
    aanvaard(maak_voorstel(vraag.aanmeldingen.first()), door=None, nu=NU)

    keuzes = dict(als_carla.get(f"{pad(vraag)}stoppen/").context["form"].fields["uitkomst"].choices)

    assert "ingetrokken" not in keuzes
    assert "onbeantwoord" not in keuzes
    assert "verhuisd" in keuzes


def test_a_question_that_ended_can_not_end_again(als_carla, vraag):
    als_carla.post(f"{pad(vraag)}stoppen/", {"uitkomst": "verhuisd"})

    antwoord = als_carla.post(f"{pad(vraag)}stoppen/", {"uitkomst": "ingetrokken"}, follow=True)

    assert "Dat kan niet meer: de situatie is intussen veranderd." in lees(antwoord)
    vraag.refresh_from_db()
    assert vraag.status == Vraagstatus.VERVALLEN


# One more location


def test_a_location_is_added_with_the_family_on_the_phone(als_carla, spelers, vraag):
    uil = maak_locatie("De Uiltjes", loket=spelers.loket, slug="uiltjes")
    adres = f"{pad(vraag)}opvang/"

    gezocht = als_carla.get(adres, {"zoek": "uil"})
    assert gezocht.context["treffers"] == [uil]
    assert als_carla.get(adres, {"zoek": "egel"}).context["treffers"] == []

    antwoord = als_carla.post(adres, {"locatie": uil.pk}, follow=True)

    assert "De vraag is nu ook bij De Uiltjes." in lees(antwoord)
    assert "De vraag ging ook naar De Uiltjes (Carla)" in lees(antwoord)
    erbij = vraag.aanmeldingen.get(locatie=uil)
    assert (erbij.rang, erbij.status, erbij.antwoord_voor) == (
        3,
        Aanmeldingstatus.VERZONDEN,
        dt.date(2026, 3, 16),
    )
    assert Bericht.objects.filter(
        sjabloon="aanvragen/nieuwe_vraag", aan=uil.organisator.email
    ).exists()


def test_a_location_is_asked_once(als_carla, spelers, vraag):
    antwoord = als_carla.post(f"{pad(vraag)}opvang/", {"locatie": spelers.egeltjes.pk})

    assert antwoord.status_code == 422
    assert "Deze opvang staat al bij de keuzes van het gezin." in lees(antwoord)
    assert vraag.aanmeldingen.count() == 2


@pytest.mark.parametrize("locatie", ["", "999999", "hack", "0x1"])
def test_a_location_that_does_not_exist_gets_422(als_carla, vraag, locatie):
    antwoord = als_carla.post(f"{pad(vraag)}opvang/", {"locatie": locatie})

    assert antwoord.status_code == 422
    assert "Zoek een opvang en kies ze." in lees(antwoord)


def test_a_hidden_location_can_not_be_added(als_carla, spelers, vraag):
    dicht = maak_locatie("Dicht", loket=spelers.loket, zichtbaar=False)

    assert als_carla.post(f"{pad(vraag)}opvang/", {"locatie": dicht.pk}).status_code == 422
    with pytest.raises(Weigering, match=r"Deze opvang is niet te vinden voor ouders\."):
        voeg_keuze_toe(vraag, dicht, door=spelers.carla, nu=NU)


def test_a_question_that_ended_gets_no_more_locations(als_carla, spelers, vraag):
    laat_vervallen(vraag, reden=Vervalreden.VERHUISD, door=None, nu=NU)
    uil = maak_locatie("De Uiltjes", loket=spelers.loket)

    antwoord = als_carla.get(f"{pad(vraag)}opvang/", follow=True)

    assert antwoord.redirect_chain == [(pad(vraag), 302)]
    with pytest.raises(OngeldigeOvergang):
        voeg_keuze_toe(vraag, uil, door=spelers.carla, nu=NU)


def test_a_family_that_was_too_late_goes_back_on_the_list(als_carla, spelers, vraag):
    aanmelding = vraag.aanmeldingen.get(locatie=spelers.egeltjes)
    laat_verlopen(maak_voorstel(aanmelding), nu=NU + dt.timedelta(days=11))
    adres = f"{pad(vraag)}opvang/{aanmelding.uuid}/wachtlijst/"
    assert "Terug op de wachtlijst" in lees(als_carla.get(pad(vraag)))

    antwoord = als_carla.post(adres, follow=True)

    assert "Het gezin staat weer op de wachtlijst van De Egeltjes en krijgt een mail." in lees(
        antwoord
    )
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.WACHTLIJST
    assert "Dat kan niet meer" in lees(als_carla.post(adres, follow=True))


# Mails that failed


def test_a_failed_mail_goes_out_again(als_carla, vraag):
    bericht = Bericht.objects.over(vraag).get(aan="amina@voorbeeld.test")
    Bericht.objects.filter(pk=bericht.pk).update(
        status=Berichtstatus.MISLUKT, pogingen=6, fout="550"
    )
    adres = f"{pad(vraag)}bericht/{bericht.pk}/opnieuw/"

    antwoord = als_carla.post(adres, follow=True)

    assert "De mail gaat opnieuw naar amina@voorbeeld.test." in lees(antwoord)
    assert "Een mail die niet aankwam, gaat opnieuw (Carla)" in lees(antwoord)
    bericht.refresh_from_db()
    assert (bericht.status, bericht.pogingen, bericht.fout) == (Berichtstatus.WACHT, 0, "")
    assert "Iemand anders was je net voor." in lees(als_carla.post(adres, follow=True))


def test_after_sad_news_nothing_goes_out_again(als_carla, vraag):
    bericht = Bericht.objects.over(vraag).get(aan="amina@voorbeeld.test")
    Bericht.objects.filter(pk=bericht.pk).update(status=Berichtstatus.MISLUKT)
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=NU)

    als_carla.post(f"{pad(vraag)}bericht/{bericht.pk}/opnieuw/")

    bericht.refresh_from_db()
    assert bericht.status == Berichtstatus.MISLUKT
    assert "Verstuur opnieuw" not in lees(als_carla.get(pad(vraag)))


def test_who_staffs_two_lokets_works_in_both(client, spelers, vraag):
    dubbelrol = maak_gebruiker("twee@voorbeeld.test")
    maak_lid(spelers.ander_loket, Rol.LOKETMEDEWERKER, gebruiker=dubbelrol)
    maak_lid(spelers.loket, Rol.TOELEIDER, gebruiker=dubbelrol)
    client.force_login(dubbelrol)

    assert client.get(pad(vraag)).status_code == 404
