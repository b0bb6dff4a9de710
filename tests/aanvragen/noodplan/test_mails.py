"""The mails of a noodplan: whole, safe in HTML, and no name where none belongs."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from aanvragen.domain.dubbels import voeg_samen
from aanvragen.domain.noodplan.berichten import maak_ontwerpen, verstuur_ontwerpen
from aanvragen.domain.noodplan.vervangen import Vervanggegevens, open_vervangplaatsen
from loket.models import Bericht
from tests.aanvragen.post.fabrieken import maak_paar
from tests.fabrieken import MA_DI, NU, VANDAAG, kind_gegevens
from tests.opvang.fabrieken_noodplan import SLUIT, begin_plan, plaats_kind, regel_van

pytestmark = pytest.mark.django_db


def test_who_follows_one_child_hears_nothing_of_another(spelers):
    _noor, dubbel = maak_paar(spelers)
    voeg_samen(dubbel, door=spelers.carla, nu=NU)
    plaats_kind(
        spelers.egeltjes,
        loket=spelers.loket,
        gebruiker=spelers.amina,
        kinderen=(
            kind_gegevens(voornaam="Sem", familienaam="Haddad", geboortedatum=dt.date(2024, 9, 1)),
        ),
    )
    plan = begin_plan(spelers.egeltjes, loket=spelers.loket)
    (ontwerp,) = maak_ontwerpen(plan, tekst="Bel ons.", door=spelers.carla, nu=NU)

    verstuur_ontwerpen(plan, [ontwerp.pk], door=spelers.carla, nu=NU)

    mails = Bericht.objects.filter(sjabloon="aanvragen/noodplan")
    assert [mail.aan for mail in mails] == ["amina@voorbeeld.test"]


def test_every_mail_is_whole_and_names_nobody_it_should_not(spelers):
    kind = kind_gegevens(
        voornaam="<b>Noor</b>", familienaam="Haddad", geboortedatum=dt.date(2025, 9, 1)
    )
    eigen = plaats_kind(spelers.egeltjes, loket=spelers.loket, kinderen=(kind,))
    plaats_kind(spelers.egeltjes, loket=spelers.ander_loket)
    plan = begin_plan(spelers.egeltjes, loket=spelers.loket)
    (ontwerp,) = maak_ontwerpen(plan, tekst="Kom <i>langs</i>.", door=spelers.carla, nu=NU)
    verstuur_ontwerpen(plan, [ontwerp.pk], door=spelers.carla, nu=NU)
    open_vervangplaatsen(
        plan,
        spelers.zonnetje,
        Vervanggegevens(
            aantal=2,
            rooster=MA_DI,
            vanaf=SLUIT,
            tot=dt.date(2026, 12, 1),
            akkoord_van="An",
            akkoord_op=VANDAAG,
        ),
        door=spelers.carla,
        nu=NU,
    )

    mails = {b.sjabloon: b for b in Bericht.objects.filter(sjabloon__contains="noodplan")}

    assert set(mails) == {
        "aanvragen/noodplan",
        "aanvragen/noodplan_ander_loket",
        "aanvragen/noodplan_vervangplaatsen",
    }
    for mail in mails.values():
        assert not re.search(r"\{[{%]|%\(|None|&quot;|&#", mail.titel + mail.tekst)
        assert "\n\n\n" not in mail.tekst
        assert mail.html.count("<h1") == 1
        assert "09 000 00 00" in mail.tekst
    aan_gezin = mails.pop("aanvragen/noodplan")
    assert regel_van(eigen).heropend.referentie in aan_gezin.tekst
    assert "<b>Noor" not in aan_gezin.html
    assert "<i>langs" not in aan_gezin.html
    assert "Kom <i>langs</i>." in aan_gezin.tekst
    assert not any("Haddad" in m.titel + m.tekst + m.html for m in mails.values())
