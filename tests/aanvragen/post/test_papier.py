"""On paper: a letter where a mail cannot go, forms to fill in, and what a family asked."""

from __future__ import annotations

import datetime as dt
import os
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from pypdf import PdfReader

from aanvragen.domain.beantwoorden import zet_op_wachtlijst
from aanvragen.domain.dubbels import voeg_samen, vraag_samenvoegen
from aanvragen.domain.papier import SMS_LENGTE, handel_af
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.models import Papierpost, Samenvoeging
from aanvragen.models.post import Poststand
from aanvragen.workflow import Vervalreden
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht, Inzage
from loket.qr import qr_svg
from tests.aanvragen.post.fabrieken import NOOR, maak_brief, maak_paar, maak_vraag_zonder_mail
from tests.fabrieken import NU, maak_voorstel, maak_vraag, ouder_gegevens

pytestmark = pytest.mark.django_db
LATER = NU + dt.timedelta(hours=1)


@pytest.fixture
def als_carla(client, spelers):
    client.force_login(spelers.carla)
    with time_machine.travel(LATER, tick=False):
        yield client


# What becomes a letter


def test_a_home_without_an_address_gets_a_letter_for_each_mail(spelers):
    vraag = maak_vraag_zonder_mail(spelers)
    zet_op_wachtlijst(vraag.aanmeldingen.get(rang=1), door=None, nu=LATER)
    maak_voorstel(vraag.aanmeldingen.get(rang=2), nu=LATER)

    brieven = list(vraag.papierpost.order_by("pk"))

    assert [brief.sjabloon for brief in brieven] == ["ontvangen", "wachtlijst", "voorstel"]
    assert brieven[1].titel == f"Je staat op een wachtlijst, vraag {vraag.referentie}"
    assert brieven[1].tekst.startswith("Dag Rosa,\n\nDe Egeltjes heeft nu geen plaats")
    assert all("http" not in brief.tekst and "--" not in brief.tekst for brief in brieven)
    assert brieven[2].antwoord_tegen == vraag.aanmeldingen.get(rang=2).voorstellen.get().geldig_tot
    assert not Bericht.objects.filter(aan="").exists()


def test_a_home_where_somebody_reads_mail_gets_no_letter(spelers):
    eerste, _dubbel = maak_paar(spelers)
    eerste.kind.gezin.ouders.create(voornaam="Sam", familienaam="Haddad", telefoon="0470")

    zet_op_wachtlijst(eerste.aanmeldingen.get(), door=None, nu=LATER)

    assert not Papierpost.objects.exists()


def test_a_parent_who_joined_by_a_merge_is_written_at_the_own_address(spelers):
    eerste, dubbel = maak_paar(
        spelers,
        gebruiker=None,
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Bram",
            email="",
            telefoon="0470 44 55 66",
            straat="Bosweg",
        ),
    )
    voeg_samen(dubbel, door=spelers.carla, nu=NU, wijze="papier")

    brief = eerste.papierpost.get(sjabloon="samengevoegd")

    assert (brief.gezin.straat, [o.voornaam for o in brief.ouders.all()]) == ("Bosweg", ["Bram"])


def test_a_letter_that_asks_names_who_it_is_about_and_has_a_slip(spelers, als_carla):
    vraag = maak_vraag_zonder_mail(spelers, kinderen=(NOOR,))
    dubbel = maak_vraag(spelers.loket, [spelers.zonnetje], kinderen=(NOOR,), gebruiker=spelers.bram)
    vraag_samenvoegen(dubbel, door=spelers.carla, nu=NU)

    tekst = vraag.papierpost.get(sjabloon="dubbel_gevraagd").tekst

    assert f"Het gaat om {dubbel.aanvrager.voornaam}." in tekst
    assert dubbel.aanvrager.familienaam not in tekst


def test_after_calm_no_letter_may_leave(spelers, als_carla):
    brief = maak_brief(spelers)
    laat_vervallen(brief.vraag, reden=Vervalreden.DROEVIG, door=spelers.carla, nu=LATER)

    assert not Papierpost.objects.mag_weg().exists()
    assert als_carla.get(f"/balie/post/{brief.pk}/").status_code == 404
    assert als_carla.get("/balie/post/brieven.pdf").status_code == 404


def test_a_question_that_stopped_leaves_only_the_letter_that_says_so(spelers):
    vraag = maak_vraag_zonder_mail(spelers)
    trek_in(vraag, door=None, nu=LATER)

    assert [b.sjabloon for b in vraag.papierpost.mag_weg()] == ["ingetrokken"]


@pytest.mark.parametrize("naam", ["De Egeltjes", "De allerlangste naam van een opvang " * 3])
def test_a_text_message_fits_in_one_and_names_no_child(spelers, naam):
    type(spelers.egeltjes).objects.filter(pk=spelers.egeltjes.pk).update(naam=naam[:100])
    vraag = maak_vraag_zonder_mail(spelers)
    maak_voorstel(vraag.aanmeldingen.get(rang=1), nu=LATER)

    sms = vraag.papierpost.get(sjabloon="voorstel").sms

    assert len(sms) <= SMS_LENGTE
    assert vraag.referentie in sms
    assert "Bel 09 000 00 00." in sms
    assert vraag.kind.voornaam not in sms


# The counter


def test_the_list_prints_and_notes_what_was_posted(spelers, als_carla):
    brief = maak_brief(spelers)

    lijst = als_carla.get("/balie/post/").content.decode()
    pdf = als_carla.get("/balie/post/brieven.pdf", {"brief": brief.pk})
    na = als_carla.post("/balie/post/afhandelen/", {"brief": brief.pk, "wat": "verstuurd"})

    assert brief.titel in lijst
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert na.status_code == 302
    brief.refresh_from_db()
    assert (brief.stand, brief.afgehandeld_door) == (Poststand.VERSTUURD, spelers.carla)
    assert gebeurtenissen_van(brief.vraag)[0].werkwoord == "aanvragen.post.afgehandeld"


def test_a_letter_is_noted_once(spelers):
    brief = maak_brief(spelers)
    handel_af([brief], stand=Poststand.NIET_NODIG, door=spelers.carla, nu=LATER)

    assert handel_af([brief], stand=Poststand.VERSTUURD, door=spelers.carla, nu=LATER) == 0


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_as_much_of_the_database_for_one_as_for_three(
    spelers, als_carla, aantal, django_assert_max_num_queries
):
    for _ in range(aantal):
        maak_brief(spelers)

    with django_assert_max_num_queries(12):
        als_carla.get("/balie/post/")


def test_nothing_chosen_is_said(spelers, als_carla):
    brief = maak_brief(spelers)

    als_carla.post("/balie/post/afhandelen/", {"wat": "verstuurd", "brief": ["x", "9" * 30]})

    brief.refresh_from_db()
    assert brief.stand == Poststand.KLAAR


@pytest.mark.parametrize(
    "pad",
    [
        "/balie/post/aanvraagformulier.pdf",
        "/balie/dossier/{ref}/op-papier.pdf",
        "/balie/dossier/{ref}/toestemming.pdf",
        "/balie/post/brieven.pdf",
    ],
)
def test_every_paper_is_a_tagged_pdf(spelers, als_carla, pad):
    vraag = maak_vraag_zonder_mail(spelers)
    maak_voorstel(vraag.aanmeldingen.get(rang=1), nu=LATER)
    if map_ := os.environ.get("PAPIER_NAAR"):
        vraag_samenvoegen_brief(spelers)
    antwoord = als_carla.get(pad.format(ref=vraag.referentie))

    if map_:
        (Path(map_) / pad.rsplit("/", 1)[1]).write_bytes(antwoord.content)
    assert antwoord.status_code == 200
    assert PdfReader(BytesIO(antwoord.content)).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_who_prints_a_question_is_recorded_as_who_opens_it(spelers, als_carla):
    vraag = maak_vraag_zonder_mail(spelers)

    als_carla.get(f"/balie/dossier/{vraag.referentie}/op-papier.pdf")

    assert [inzage.gebruiker for inzage in Inzage.objects.all()] == [spelers.carla]


def vraag_samenvoegen_brief(spelers):
    kind = NOOR
    maak_vraag_zonder_mail(spelers, kinderen=(kind,))
    dubbel = maak_vraag(spelers.loket, [spelers.zonnetje], kinderen=(kind,))
    vraag_samenvoegen(dubbel, door=spelers.carla, nu=LATER)
    assert Samenvoeging.objects.exists()


def test_a_code_says_what_it_opens():
    svg = qr_svg("https://voorbeeld.test/mijn/ABCD-1234/", titel="Bekijk <je> vraag")

    assert "<title>Bekijk &lt;je&gt; vraag</title>" in svg
    assert svg.startswith('<svg class="qr" role="img" viewBox="0 0 ')
