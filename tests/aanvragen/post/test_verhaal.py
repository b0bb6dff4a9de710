"""The mails of a whole story, in order, as a parent reads them: tests/aanvragen/post/verhaal.txt.

Rewrite the file with `GOUD=1 pytest tests/aanvragen/post/test_verhaal.py`, and read it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
from pathlib import Path

import pytest
from django.utils import timezone

from aanvragen.domain.afspraken import Afspraakgegevens, maak_afspraak
from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.bijwerken import meld_geboorte
from aanvragen.domain.dubbels import bevestig_samenvoegen, vraag_samenvoegen
from aanvragen.domain.geboorte import vraag_geboorten
from aanvragen.domain.gesprek import schrijf
from aanvragen.domain.gevolgen import wens_van
from aanvragen.domain.hartslag import vraag_na
from aanvragen.domain.kiezen import aanvaard, hou_vast
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.domain.voorstel_herinneren import herinner_voorstel
from aanvragen.domain.wijzigen import keuzes_van, wijzig
from aanvragen.workflow import Afspraaksoort, BijEinde, Partij, Vervalreden, Weigerreden
from loket.models import Bericht
from loket.templatetags.loket import datum
from loket.workflow import Berichtstatus
from opvang.weekrooster import Weekrooster
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_locatie,
    maak_voorstel,
    maak_vraag,
    ouder_gegevens,
    vraag_gegevens,
)

pytestmark = pytest.mark.django_db
#: Monday, Tuesday and Thursday.
MA_DI_DO = Weekrooster.van_dagen(0, 1, 3).masker
GOUD = Path(__file__).with_name("verhaal.txt")
OUDERS = {"amina@voorbeeld.test": "Amina", "bram@voorbeeld.test": "Bram"}


def na(dagen: int) -> dt.datetime:
    return NU + dt.timedelta(days=dagen)


def test_a_parent_who_only_reads_the_mails_understands_what_happened(spelers):
    vertel(spelers)

    verhaal = schrijf_op()

    if os.environ.get("GOUD"):
        GOUD.write_text(verhaal, encoding="utf-8")
    assert verhaal == GOUD.read_text(encoding="utf-8")
    assert "—" not in verhaal


def test_after_the_last_line_there_is_silence(spelers):
    vraag = vertel(spelers)
    aantal = Bericht.objects.count()

    vraag_na(vraag, nu=na(400))
    vraag_geboorten(na(400))

    assert Bericht.objects.count() == aantal
    assert not Bericht.objects.over(vraag).filter(status__in=["wacht", "bezig"]).exists()


def vertel(spelers):
    """One family from the first question to silence; gives the question that ended sadly."""
    gemeente = spelers.loket.gemeenten.get()
    type(spelers.loket).objects.filter(pk=spelers.loket.pk).update(vasthouden_mag=True)
    vlinders = maak_locatie("De Vlinders", loket=spelers.loket)
    muis = maak_locatie("Muizenhol", loket=spelers.loket)
    amina = ouder_gegevens(
        gemeente.pk, voornaam="Amina", familienaam="Haddad", email="amina@voorbeeld.test"
    )
    kind = kind_gegevens(familienaam="Haddad", verwachte_geboortedatum=dt.date(2026, 3, 20))
    wensen = [spelers.egeltjes, spelers.zonnetje, vlinders, muis]
    vraag = maak_vraag(
        spelers.loket, wensen, gebruiker=spelers.amina, ouder=amina, kinderen=(kind,), nu=na(0)
    )
    egel, zon, vlinder, muizen = vraag.aanmeldingen.order_by("rang")
    # The other parent asks for the same child.
    dubbel = maak_vraag(
        spelers.loket,
        [spelers.zonnetje],
        gebruiker=spelers.bram,
        ouder=ouder_gegevens(
            gemeente.pk, voornaam="Bram", familienaam="Maes", email="bram@voorbeeld.test"
        ),
        kinderen=(kind,),
        nu=na(1),
    )
    samen = vraag_samenvoegen(dubbel, door=spelers.carla, nu=na(2))
    bevestig_samenvoegen(samen, door=spelers.amina, nu=na(3), wijze="online")
    # The answers.
    weiger(muizen, reden=Weigerreden.VOLZET, door=None, nu=na(4))
    zet_op_wachtlijst(zon, door=None, nu=na(7))
    schrijf(
        vraag,
        None,
        partij=Partij.LOKET,
        tekst="Zullen we samen verder zoeken?",
        door=spelers.carla,
        nu=na(8),
    )
    maak_afspraak(
        vraag,
        Afspraakgegevens(begint_op=na(15), duur=15),
        soort=Afspraaksoort.TERUGBELLEN,
        wie=spelers.carla,
        door=spelers.carla,
        nu=na(9),
    )
    # The birth, and: is it still true? Yes, but on other days.
    vraag_geboorten(na(40))
    meld_geboorte(
        vraag, geboortedatum=dt.date(2026, 3, 22), voornaam="Noor", door=spelers.amina, nu=na(41)
    )
    vraag.refresh_from_db()
    vraag_na(vraag, nu=na(95))
    vraag.refresh_from_db()
    wens = dataclasses.replace(wens_van(vraag, keuzes_van(vraag)), rooster=MA_DI_DO)
    wijzig(vraag, wens, door=spelers.amina, nu=na(96))
    # An offer of the third wish, held; the second, held in its place; then the first, taken.
    vlinder.refresh_from_db()
    derde = maak_voorstel(vlinder, nu=na(100), toelichting="Kom gerust eens kijken!")
    herinner_voorstel(derde, nu=na(108))
    derde.refresh_from_db()
    hou_vast(derde, bij_einde=BijEinde.VRIJGEVEN, door=spelers.amina, nu=na(108))
    zon.refresh_from_db()
    tweede = maak_voorstel(zon, nu=na(109))
    hou_vast(tweede, bij_einde=BijEinde.NEMEN, door=spelers.amina, nu=na(109))
    egel.refresh_from_db()
    aanvaard(maak_voorstel(egel, nu=na(110)), door=spelers.amina, nu=na(110))
    # A question that the family takes back, and one that ends sadly.
    broer = maak_vraag(
        spelers.loket,
        [vlinders],
        gebruiker=spelers.amina,
        ouder=amina,
        kinderen=(kind_gegevens(voornaam="Sami", familienaam="Haddad"),),
        nu=na(120),
    )
    ga_uit()
    trek_in(broer, door=spelers.amina, nu=na(121))
    baby = maak_vraag(
        spelers.loket,
        [vlinders],
        gebruiker=spelers.amina,
        ouder=amina,
        kinderen=(
            kind_gegevens(familienaam="Haddad", verwachte_geboortedatum=dt.date(2027, 3, 1)),
        ),
        vraag=vraag_gegevens(gewenste_start=dt.date(2027, 6, 7)),
        nu=na(300),
    )
    ga_uit()
    maak_voorstel(baby.aanmeldingen.get(), nu=na(310))
    laat_vervallen(baby, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=na(310))
    return baby


def ga_uit() -> None:
    """All that was written so far has left."""
    Bericht.objects.update(status=Berichtstatus.VERZONDEN, verzonden_op=NU)


def schrijf_op() -> str:
    """Mails to the parents in full, once when both got the same; of the others only to whom and
    about what.
    """
    regels: list[str] = []
    vorige: tuple[str, str, str] | None = None
    for bericht in Bericht.objects.order_by("aangemaakt_op", "pk"):
        dag = datum(timezone.localdate(bericht.aangemaakt_op))
        naam = OUDERS.get(bericht.aan)
        stil = " (niet meer verstuurd: de vraag stopte)" if bericht.status == "ingetrokken" else ""
        if naam is None:
            vorige = None
            regels.append(f"({dag}, aan een opvang: {_vast(bericht.titel)}{stil})\n")
            continue
        tekst = _vast(bericht.tekst.partition("\n--\n")[0].strip())
        dezelfde = (dag, bericht.titel, tekst.replace(f"Dag {naam},", "Dag,"))
        if dezelfde == vorige:
            regels[-1] = regels[-1].replace("aan Amina", f"aan Amina en {naam}", 1)
            continue
        vorige = dezelfde
        regels.append(
            f"\n{'=' * 78}\n{dag.capitalize()}, aan {naam}{stil}\n"
            f"Onderwerp: {_vast(bericht.titel)}\n{'-' * 78}\n{tekst}\n"
        )
    return "".join(regels).lstrip("\n")


def _vast(tekst: str) -> str:
    """Take out what differs from run to run: references, signed links, numbered addresses."""
    tekst = re.sub(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", "AB12-CD34", tekst)
    tekst = re.sub(r"/klopt/[^/\s]+", "/klopt/…", tekst)
    tekst = re.sub(r"/gesprek/\d+", "/gesprek/1", tekst)
    return re.sub(r"(Kerkstraat|Gemeente) \d+", r"\1 1", tekst)
