from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.bijwerken import bevestig
from aanvragen.domain.kiezen import aanvaard, weiger_voorstel
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.domain.voorstellen import laat_verlopen
from aanvragen.tijdlijn import ZINNEN, ZWIJGT, logboek, zin
from aanvragen.workflow import (
    Aanmeldingstatus,
    Vervalreden,
    Voorstelstatus,
    Vraagstatus,
    Weigerreden,
)
from loket.models import Bericht, Gebeurtenis
from loket.workflow import Berichtstatus
from tests.fabrieken import NU, maak_gebruiker, maak_voorstel, maak_vraag


def gebeurtenissen(vraag) -> list[str]:
    """The lines without the mails, oldest first."""
    return [
        f"{regel.tekst} ({regel.wie})" for regel in reversed(logboek(vraag)) if not regel.bericht
    ]


def test_every_status_that_can_be_logged_has_a_sentence():
    gelogd = {
        *(f"aanvragen.vraag.{s.value}" for s in Vraagstatus if s != Vraagstatus.CONCEPT),
        *(
            f"aanvragen.aanmelding.{s.value}"
            for s in Aanmeldingstatus
            if s != Aanmeldingstatus.VERZONDEN
        ),
        *(f"aanvragen.voorstel.{s.value}" for s in Voorstelstatus if s != Voorstelstatus.OPEN),
    }

    assert gelogd - set(ZINNEN) == set()
    assert ZWIJGT - set(ZINNEN) == set()


def test_every_verb_that_the_code_logs_has_a_sentence():
    domein = Path(__file__).parents[2] / "aanvragen" / "domain"
    genoemd = {
        werkwoord
        for bestand in domein.glob("*.py")
        for werkwoord in re.findall(r'"(aanvragen\.[a-z]+\.[a-z_]+)"', bestand.read_text("utf-8"))
    }

    assert len(genoemd) >= 6
    assert genoemd - set(ZINNEN) == set()


@pytest.mark.parametrize(
    ("werkwoord", "gegevens", "verwacht"),
    [
        ("aanvragen.vraag.actief", {}, "De vraag ging naar de opvang"),
        (
            "aanvragen.aanmelding.geweigerd_door_opvang",
            {"locatie": "De Egeltjes", "weigerreden": "dagen"},
            "De Egeltjes heeft geen plaats: we hebben geen plaats op deze dagen",
        ),
        (
            "aanvragen.voorstel.gedaan",
            {"locatie": "De Egeltjes", "start": "2026-09-01", "rooster": 0b1111},
            (
                "De Egeltjes stelde een plaats voor: vanaf 1 september 2026, "
                "maandag en dinsdag hele dag"
            ),
        ),
        ("aanvragen.voorstel.ingetrokken", {}, "Het voorstel van  gaat niet door"),
        ("aanvragen.vraag.nog_nooit_gezien", {}, "aanvragen.vraag.nog_nooit_gezien"),
        (
            "aanvragen.aanmelding.gezien",
            {"locatie": "100 % <b>zon</b>"},
            "100 % <b>zon</b> las de vraag",
        ),
    ],
)
def test_an_event_becomes_a_sentence(werkwoord, gegevens, verwacht):
    assert zin(Gebeurtenis(werkwoord=werkwoord, gegevens=gegevens)) == verwacht


@pytest.mark.django_db
def test_a_story_is_told_once(spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes, spelers.zonnetje], gebruiker=spelers.amina)
    egel, zon = vraag.aanmeldingen.order_by("rang")
    weiger(egel, reden=Weigerreden.VOLZET, door=None, nu=NU, namens="link in mail")
    bevestig(vraag, door=spelers.carla, nu=NU)
    aanvaard(maak_voorstel(zon, door=spelers.greet), door=spelers.amina, nu=NU)

    assert gebeurtenissen(vraag) == [
        "De vraag kwam binnen (Amina)",
        "De vraag ging naar de opvang (Amina)",
        (
            "De Egeltjes heeft geen plaats: we zijn volzet in die periode "
            "(de opvang, met de link in de mail)"
        ),
        "Het gezin zoekt nog altijd opvang (Carla)",
        (
            "Het Zonnetje stelde een plaats voor: vanaf 1 september 2026, "
            "maandag en dinsdag hele dag (Greet)"
        ),
        "De plaats bij Het Zonnetje is aanvaard (Amina)",
    ]


@pytest.mark.django_db
def test_what_happens_by_itself_says_so(spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes])
    laat_verlopen(maak_voorstel(vraag.aanmeldingen.get()), nu=NU + dt.timedelta(days=11))

    assert gebeurtenissen(vraag)[-1] == (
        "Geen antwoord op tijd: het voorstel van De Egeltjes is verlopen "
        "(vanzelf, de termijn is voorbij)"
    )


@pytest.mark.django_db
def test_who_acts_for_another_is_named_with_for_whom(spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes])
    aanmelding = vraag.aanmeldingen.get()
    zet_op_wachtlijst(aanmelding, door=spelers.carla, nu=NU, namens="opvang aan de telefoon")
    weiger_voorstel(
        maak_voorstel(aanmelding), door=spelers.carla, nu=NU, namens="gezin aan de telefoon"
    )

    assert gebeurtenissen(vraag)[-3:] == [
        "Op de wachtlijst bij De Egeltjes (Carla, voor de opvang, aan de telefoon)",
        (
            "De Egeltjes stelde een plaats voor: vanaf 1 september 2026, "
            "maandag en dinsdag hele dag (vanzelf)"
        ),
        "Het voorstel van De Egeltjes is niet aangenomen (Carla, voor het gezin, aan de telefoon)",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reden", "zin_"),
    [
        (Vervalreden.VERHUISD, "De vraag is gestopt: Verhuisd"),
        (Vervalreden.DROEVIG, "De vraag is gestopt"),
    ],
)
def test_staff_see_why_a_question_lapsed_but_never_the_sad_news(spelers, reden, zin_):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes])
    laat_vervallen(vraag, reden=reden, door=maak_gebruiker(naam="Nora"), nu=NU)

    assert gebeurtenissen(vraag)[-1] == f"{zin_} (Nora)"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "begin"),
    [
        (Berichtstatus.WACHT, "Mail aan egel@voorbeeld.test vertrekt zo: "),
        (Berichtstatus.BEZIG, "Mail aan egel@voorbeeld.test vertrekt zo: "),
        (Berichtstatus.VERZONDEN, "Mail aan egel@voorbeeld.test: "),
        (Berichtstatus.MISLUKT, "Mail aan egel@voorbeeld.test kwam niet aan: "),
        (
            Berichtstatus.INGETROKKEN,
            "Mail aan egel@voorbeeld.test niet verstuurd, de vraag was gestopt: ",
        ),
    ],
)
def test_a_mail_says_what_became_of_it(spelers, status, begin):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes])
    bericht = Bericht.objects.get(aan="egel@voorbeeld.test")
    Bericht.objects.filter(pk=bericht.pk).update(
        status=status,
        verzonden_op=NU + dt.timedelta(hours=1) if status == Berichtstatus.VERZONDEN else None,
    )

    (regel,) = [r for r in logboek(vraag) if r.bericht and r.bericht.pk == bericht.pk]

    assert regel.tekst == f"{begin}{bericht.titel}"
    assert regel.op == (NU + dt.timedelta(hours=1) if status == Berichtstatus.VERZONDEN else NU)
