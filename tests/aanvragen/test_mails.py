"""Every mail that a decision causes: what it says, and what it must not say."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.dubbels import voeg_samen
from aanvragen.domain.herinneren import herinner
from aanvragen.domain.kiezen import aanvaard, weiger_voorstel
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.models import Opvangvraag
from aanvragen.workflow import Vervalreden, Weigerreden
from loket.models import Bericht
from loket.workflow import Berichtstatus
from tests.aanvragen.alle_mails_sturen import AMINA, egel, stuur_alle_mails, vraag_van_haddad
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_voorstel,
    maak_vraag,
    ouder_gegevens,
    vraag_gegevens,
)

pytestmark = pytest.mark.django_db
SJABLONEN = Path(__file__).parents[2] / "templates" / "mail" / "aanvragen"
EGEL, ZON = "egel@voorbeeld.test", "zon@voorbeeld.test"
#: About a form that was not handed in: there is no question yet, so no number either.
ZONDER_NUMMER = {"concept_verder", "concept_vervalt"}
#: What no mail to a provider may hold, and no subject at all.
GEHEIM = ("Haddad", "Noor", "Amina", "0470", AMINA, "Molenkouter")


@pytest.fixture
def vraag(spelers) -> Opvangvraag:
    return vraag_van_haddad(spelers)


def mail(sjabloon: str, aan: str) -> Bericht:
    return Bericht.objects.get(sjabloon=f"aanvragen/{sjabloon}", aan=aan)


def naam_van(bericht: Bericht) -> str:
    return bericht.sjabloon.removeprefix("aanvragen/")


def titel(sjabloon: str, aan: str) -> str:
    """The subject, with the reference that differs each time taken out."""
    return re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}", "REF", mail(sjabloon, aan).titel)


# To the family


def test_a_question_is_confirmed_with_what_happens_next(spelers, vraag):
    bericht = mail("ontvangen", AMINA)

    assert bericht.titel == f"We hebben je vraag {vraag.referentie} ontvangen"
    assert bericht.tekst.startswith(
        "Dag Amina,\n\n"
        f"Je vraag om kinderopvang heeft nummer {vraag.referentie}. "
        "Je vraagt opvang vanaf dinsdag 1 september 2026.\n\n"
        "We stuurden je vraag naar:\n\n"
        "1. De Egeltjes\n"
        "2. Het Zonnetje\n\n"
        "Wat gebeurt er nu? De opvang beslist zelf. "
        "Elke opvang antwoordt voor maandag 16 maart 2026. "
    )
    assert f"/mijn/{vraag.referentie}/" in bericht.tekst
    assert "Bel 09 000 00 00" in bericht.tekst


def test_a_question_without_preference_is_not_a_long_list(spelers):
    gemeente = spelers.loket.gemeenten.get()
    maak_vraag(
        spelers.loket,
        locatie_ids=(),
        gebied_ids=(gemeente.pk,),
        ouder=ouder_gegevens(gemeente.pk, email=AMINA),
        locaties=[],
    )

    tekst = mail("ontvangen", AMINA).tekst

    assert "We stuurden je vraag naar alle 2 opvangplekken in het gebied dat je koos." in tekst
    assert "De Egeltjes" not in tekst


def test_a_question_that_waits_at_the_loket_says_nothing_of_the_other_family(spelers):
    kind = kind_gegevens(voornaam="Noor", geboortedatum=dt.date(2026, 1, 15))
    maak_vraag(spelers.loket, [spelers.egeltjes], kinderen=(kind,))
    dubbel = vraag_van_haddad(spelers, kinderen=(kind,))

    tekst = mail("ontvangen", AMINA).tekst

    assert "Een medewerker van het loket kijkt je vraag eerst na." in tekst
    assert "antwoordt voor" not in tekst

    voeg_samen(dubbel, door=spelers.carla, nu=NU)

    samen = mail("samengevoegd", AMINA)
    eerste = dubbel.mogelijk_dubbel_van
    assert samen.titel == f"Er is één vraag voor je kind: {eerste.referentie}"


def test_an_offer_gives_the_last_day_to_answer(vraag):
    maak_voorstel(egel(vraag), toelichting="Welkom!")

    bericht = mail("voorstel", AMINA)

    assert bericht.titel == (
        f"Je kreeg een voorstel, vraag {vraag.referentie}: antwoord ten laatste 12 mrt 2026"
    )
    assert (
        f"Opvang: De Egeltjes, {egel(vraag).locatie.adres}\n"
        "Start: dinsdag 1 september 2026\n"
        "Dagen: maandag en dinsdag hele dag\n\n"
        "De opvang schrijft: “Welkom!”\n" in bericht.tekst
    )
    assert "Antwoord ten laatste op donderdag 12 maart 2026." in bericht.tekst
    assert "ook aan andere gezinnen" not in bericht.tekst


def test_a_shared_offer_says_so_beforehand(vraag):
    maak_voorstel(egel(vraag), reserveert=False)

    assert (
        "Deze plaats is ook aan andere gezinnen voorgesteld. Wie eerst aanvaardt, krijgt ze."
        in mail("voorstel", AMINA).tekst
    )


def test_an_offer_with_an_end_names_the_last_day(vraag):
    maak_voorstel(egel(vraag), einde=dt.date(2027, 7, 1))

    assert "Tot en met: woensdag 30 juni 2027\n" in mail("voorstel", AMINA).tekst


def test_a_no_and_a_place_on_the_list_say_that_the_search_goes_on(vraag):
    weiger(egel(vraag), reden=Weigerreden.DAGEN, toelichting="Sorry!", door=None, nu=NU)
    zet_op_wachtlijst(vraag.aanmeldingen.get(rang=2), door=None, nu=NU)

    nee, lijst = mail("geen_plaats", AMINA).tekst, mail("wachtlijst", AMINA).tekst

    assert (
        "De Egeltjes kan je geen plaats geven. "
        "De reden: We hebben geen plaats op deze dagen.\n\nDe opvang schrijft: “Sorry!”" in nee
    )
    assert "Je vraag loopt verder bij je andere keuzes." in nee
    assert "Het Zonnetje heeft nu geen plaats voor je, maar houdt je vraag bij" in lijst
    assert "De opvang schrijft" not in lijst


def test_after_sad_news_nobody_hears_anything(vraag):
    Bericht.objects.update(status=Berichtstatus.VERZONDEN, verzonden_op=NU)

    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=NU)

    assert not Bericht.objects.filter(status=Berichtstatus.WACHT).exists()


def test_a_provider_hears_that_a_question_stopped_and_not_why(vraag):
    laat_vervallen(vraag, reden=Vervalreden.VERHUISD, door=None, nu=NU)

    nieuw = Bericht.objects.filter(sjabloon="aanvragen/aanbieder_vervallen")
    assert sorted(nieuw.values_list("aan", flat=True)) == [EGEL, ZON]
    for bericht in nieuw:
        opvang = {EGEL: "De Egeltjes", ZON: "Het Zonnetje"}[bericht.aan]
        assert bericht.tekst.startswith(
            f"Vraag {vraag.referentie} bij {opvang} is gestopt. Je hoeft niets te doen."
        )


# To the provider


def test_a_new_question_can_be_answered_from_the_mail(vraag):
    bericht = mail("nieuwe_vraag", EGEL)

    assert bericht.titel == f"Heb je plaats? Vraag {vraag.referentie}, antwoord voor 16 mrt 2026"
    assert bericht.tekst.startswith(
        "Een gezin vraagt opvang bij De Egeltjes.\n\n"
        "Start: dinsdag 1 september 2026\n"
        "Kind: geboren in januari 2026\n"
        "Dagen: maandag en dinsdag hele dag\n\n"
        "Ja, ik heb plaats:\nhttp"
    )
    assert [re.sub(r"https?://[^/]+/antwoord/[^/]+/", "", u) for u in links(bericht)] == [
        "?antwoord=ja",
        "?antwoord=anders",
        "?antwoord=nee",
    ]
    assert "Antwoord voor maandag 16 maart 2026. Je hoeft niet aan te melden." in bericht.tekst


def links(bericht: Bericht) -> list[str]:
    return re.findall(r"https?://\S+", bericht.tekst)


def test_what_is_special_about_a_question_stands_in_the_mail(spelers):
    vraag_van_haddad(
        spelers,
        kinderen=(
            kind_gegevens(familienaam="Haddad", verwachte_geboortedatum=dt.date(2026, 5, 14)),
        ),
        vraag=vraag_gegevens(
            rooster_wissel=0,
            flexibel_weken=4,
            flexibel_dagen=True,
            gewenst_einde=dt.date(2027, 7, 1),
            dringende_reden="StartWerk",
        ),
    )

    assert (
        "Start: dinsdag 1 september 2026 (mag 4 weken schuiven)\n"
        "Tot en met: woensdag 30 juni 2027\n"
        "Kind: komt rond 14 mei 2026\n"
        "Dagen: maandag en dinsdag hele dag (een andere dag mag ook)\n"
        "Andere week: geen dagen\n"
        "Dringend: Ik kan onverwacht beginnen werken\n\n" in mail("nieuwe_vraag", EGEL).tekst
    )


def test_a_reminder_has_the_same_three_answers(vraag, spelers):
    herinner(egel(vraag), door=spelers.carla, nu=NU + dt.timedelta(days=15))

    bericht = mail("aanbieder_herinnering", EGEL)

    assert bericht.titel == f"Herinnering: heb je plaats? Vraag {vraag.referentie}"
    assert "Op maandag 2 maart 2026 vroeg een gezin opvang bij De Egeltjes." in bericht.tekst
    assert len(links(bericht)) == 3


def test_an_accepted_place_is_told_to_everybody_whom_it_concerns(vraag):
    aanvaard(maak_voorstel(egel(vraag)), door=None, nu=NU)

    assert titel("geplaatst", AMINA) == "Je hebt een plaats, vraag REF"
    assert titel("aanbieder_aanvaard", EGEL) == "Het gezin zegt ja, vraag REF"
    assert titel("aanbieder_elders", ZON) == "Vraag REF is opgelost"
    assert "Egeltjes" not in mail("aanbieder_elders", ZON).tekst
    assert f"/aanbod/vragen/{egel(vraag).uuid}/" in mail("aanbieder_aanvaard", EGEL).tekst, (
        "the family's data are behind the sign-in"
    )


def test_a_family_that_stays_on_the_list_is_told_to_the_provider(vraag):
    weiger_voorstel(maak_voorstel(egel(vraag)), blijf_op_wachtlijst=True, door=None, nu=NU)

    assert (
        "Het gezin blijft wel graag op je wachtlijst voor een andere plaats."
        in mail("aanbieder_geweigerd", EGEL).tekst
    )


# All of them


@pytest.fixture
def alle_mails(spelers) -> list[Bericht]:
    """One of each at least: every way in which a question can go."""
    stuur_alle_mails(spelers)
    return list(Bericht.objects.filter(sjabloon__startswith="aanvragen/"))


def test_every_template_is_reached_and_speaks_plainly(alle_mails):
    bestaat = {bestand.stem for bestand in SJABLONEN.glob("*.txt")}
    noodplan = {naam for naam in bestaat if naam.startswith("noodplan")}  # noodplan/test_mails.py
    assert {naam_van(bericht) for bericht in alle_mails} == bestaat - noodplan
    assert {b.stem for b in SJABLONEN.glob("*.txt")} == {b.stem for b in SJABLONEN.glob("*.html")}
    for bericht in alle_mails:
        assert len(bericht.titel) <= 80, bericht.titel
        heeft_nummer = bool(re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", bericht.titel))
        assert heeft_nummer is (naam_van(bericht) not in ZONDER_NUMMER), bericht.titel
        assert not [woord for woord in GEHEIM if woord in bericht.titel], bericht.titel
        assert "\n\n\n" not in bericht.tekst, bericht.sjabloon
        assert not re.search(r"\{[{%]|%\(|None|&quot;|&#", bericht.tekst), bericht.sjabloon
        assert bericht.html.count("<h1") == 1, bericht.sjabloon
        assert bericht.html.count("knop1") >= 1, bericht.sjabloon
        assert "09 000 00 00" in bericht.tekst, bericht.sjabloon
        assert "09 000 00 00" in bericht.html, bericht.sjabloon


def test_no_mail_to_a_provider_says_who_the_family_is(alle_mails):
    aan_opvang = [b for b in alle_mails if b.aan in {EGEL, ZON}]

    assert len({b.sjabloon for b in aan_opvang}) == 15
    for bericht in aan_opvang:
        inhoud = bericht.tekst + bericht.html
        assert not [woord for woord in GEHEIM if woord in inhoud], bericht.sjabloon
        assert "/mijn/" not in inhoud


def test_a_name_with_signs_is_safe_in_html_and_plain_in_text(spelers):
    spelers.egeltjes.naam = "Pip & <b>Zo</b>"
    spelers.egeltjes.save()
    vraag_van_haddad(spelers)

    bericht = mail("nieuwe_vraag", EGEL)

    assert "Een gezin vraagt opvang bij Pip & <b>Zo</b>." in bericht.tekst
    assert "Pip &amp; &lt;b&gt;Zo&lt;/b&gt;" in bericht.html
    assert "<b>Zo</b>" not in bericht.html
