"""Every mail that a decision causes: what it says, and what it must not say."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.dubbels import bevestig_samenvoegen, voeg_samen, vraag_samenvoegen
from aanvragen.domain.fouten import GeenPlaats
from aanvragen.domain.gesprek import schrijf
from aanvragen.domain.gevolgen import wens_van
from aanvragen.domain.hartslag import vraag_na
from aanvragen.domain.herinneren import herinner
from aanvragen.domain.kiezen import aanvaard, weiger_voorstel
from aanvragen.domain.scheiden import scheid
from aanvragen.domain.stoppen import laat_vervallen, sluit_onbeantwoord_af, trek_in
from aanvragen.domain.voorstellen import laat_verlopen, trek_voorstel_in
from aanvragen.domain.wijzigen import keuzes_van, wijzig
from aanvragen.models import Opvangvraag
from aanvragen.workflow import Partij, Vervalreden, Weigerreden
from loket.models import Bericht
from loket.workflow import Berichtstatus
from tests.aanvragen.voorstellen.verhaal import hou_vast_tot_het_einde
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_aanbod,
    maak_voorstel,
    maak_vraag,
    ouder_gegevens,
    vraag_gegevens,
)

pytestmark = pytest.mark.django_db
SJABLONEN = Path(__file__).parents[2] / "templates" / "mail" / "aanvragen"
AMINA, EGEL, ZON = "amina@voorbeeld.test", "egel@voorbeeld.test", "zon@voorbeeld.test"
#: Where the other mails are sent, and read.
ELDERS = (
    "aanbieder/test_termijn.py",
    "balie/test_brieven.py",
    "hulp/test_afspraken.py",
    "hulp/test_doorverwijzen.py",
    "hulp/test_toestemming.py",
    "vraag/test_geboorte.py",
    "vraag/test_hervatten.py",
)
#: What no mail to a provider may hold, and no subject at all.
GEHEIM = ("Haddad", "Noor", "Amina", "0470", AMINA, "Molenkouter")


@pytest.fixture
def vraag(spelers) -> Opvangvraag:
    return vraag_van_haddad(spelers)


def vraag_van_haddad(spelers, **velden) -> Opvangvraag:
    velden.setdefault("kinderen", (kind_gegevens(voornaam="Noor", familienaam="Haddad"),))
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Amina",
            familienaam="Haddad",
            email=AMINA,
            telefoon="0470 11 22 33",
            straat="Molenkouter",
        ),
        **velden,
    )


def lees(test: str) -> str:
    return (Path(__file__).parent / test).read_text("utf-8")


def egel(vraag):
    return vraag.aanmeldingen.get(locatie__slug="de-egeltjes")


def mail(sjabloon: str, aan: str) -> Bericht:
    return Bericht.objects.get(sjabloon=f"aanvragen/{sjabloon}", aan=aan)


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
    """One of each: every way in which a question can go."""
    voorbij = NU + dt.timedelta(days=11)
    kind = kind_gegevens(voornaam="Noor", familienaam="Haddad", geboortedatum=dt.date(2026, 1, 15))
    een = vraag_van_haddad(spelers, kinderen=(kind,))
    schrijf(een, None, partij=Partij.LOKET, tekst="Geheim", door=spelers.carla, nu=NU)
    schrijf(een, egel(een), partij=Partij.GEZIN, tekst="Geheim", door=spelers.amina, nu=NU)
    dubbel = maak_vraag(spelers.loket, [spelers.egeltjes], kinderen=(kind,))
    samen = vraag_samenvoegen(dubbel, door=spelers.carla, nu=NU)
    bevestig_samenvoegen(samen, door=spelers.carla, nu=NU, wijze="telefoon")
    trek_in(scheid(samen, door=spelers.carla, nu=NU), door=None, nu=NU)
    herinner(een.aanmeldingen.get(rang=2), door=spelers.carla, nu=voorbij)
    trek_voorstel_in(maak_voorstel(egel(een)), door=None, nu=NU)
    weiger_voorstel(maak_voorstel(egel(een)), door=None, nu=NU, blijf_op_wachtlijst=True)
    laat_verlopen(maak_voorstel(egel(een)), nu=voorbij)
    een.refresh_from_db()
    wens = dataclasses.replace(wens_van(een, keuzes_van(een)), rooster=1)
    wijzig(een, wens, door=None, nu=NU)
    assert vraag_na(een, nu=NU + dt.timedelta(days=91))
    weiger(een.aanmeldingen.get(rang=2), reden=Weigerreden.VOLZET, door=None, nu=NU)
    sluit_onbeantwoord_af(een, door=spelers.carla, nu=NU)

    twee = vraag_van_haddad(spelers)
    zet_op_wachtlijst(egel(twee), door=None, nu=NU)
    aanbod = maak_aanbod(spelers.egeltjes)
    gedeeld = maak_voorstel(egel(twee), aanbod, reserveert=False)
    jonger = kind_gegevens(voornaam="Noor", familienaam="Haddad", geboortedatum=dt.date(2026, 2, 1))
    ander = vraag_van_haddad(spelers, kinderen=(jonger,))
    houdt = maak_voorstel(egel(ander), aanbod)
    aanvaard(houdt, door=None, nu=NU)
    with pytest.raises(GeenPlaats):
        aanvaard(gedeeld, door=None, nu=NU)
    trek_in(twee, door=None, nu=NU)
    laat_vervallen(ander, reden=Vervalreden.VERHUISD, door=None, nu=NU)
    hou_vast_tot_het_einde(spelers)
    return list(Bericht.objects.filter(sjabloon__startswith="aanvragen/"))


def test_every_template_is_reached_and_speaks_plainly(alle_mails):
    bestaat = {bestand.stem for bestand in SJABLONEN.glob("*.txt")}
    elders = {
        naam for test in ELDERS for naam in bestaat if re.search(rf'[/"]{naam}"', lees(test))
    } | {naam for naam in bestaat if naam.startswith("noodplan")}  # noodplan/test_mails.py
    bereikt = {bericht.sjabloon.removeprefix("aanvragen/") for bericht in alle_mails}
    assert bestaat - bereikt - elders == set()
    assert {b.stem for b in SJABLONEN.glob("*.txt")} == {b.stem for b in SJABLONEN.glob("*.html")}
    for bericht in alle_mails:
        assert len(bericht.titel) <= 80, bericht.titel
        assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", bericht.titel), bericht.titel
        assert not [woord for woord in GEHEIM if woord in bericht.titel], bericht.titel
        assert "\n\n\n" not in bericht.tekst, bericht.sjabloon
        assert not re.search(r"\{[{%]|%\(|None|&quot;|&#", bericht.tekst), bericht.sjabloon
        assert bericht.html.count("<h1") == 1, bericht.sjabloon
        assert bericht.html.count("knop1") >= 1, bericht.sjabloon
        assert "09 000 00 00" in bericht.tekst, bericht.sjabloon
        assert "09 000 00 00" in bericht.html, bericht.sjabloon


def test_no_mail_to_a_provider_says_who_the_family_is(alle_mails):
    aan_opvang = [b for b in alle_mails if b.aan in {EGEL, ZON}]

    assert len({b.sjabloon for b in aan_opvang}) == 14
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
