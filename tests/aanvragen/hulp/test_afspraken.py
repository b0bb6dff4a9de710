"""Appointments: who hears of them, what a calendar makes of them, and how they end."""

from __future__ import annotations

import base64
import datetime as dt

import icalendar
import pytest

from aanvragen.domain.afspraken import (
    Afspraakgegevens,
    GeenOpvangGekozen,
    InHetVerleden,
    maak_afspraak,
    noteer_uitkomst,
    verplaats_afspraak,
    zeg_afspraak_af,
)
from aanvragen.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.models import Afspraak
from aanvragen.workflow import Afspraaksoort, Afspraakstatus, Vervalreden
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht
from tests.aanvragen.hulp.conftest import AMINA
from tests.fabrieken import NU

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]
#: Thursday 5 March 2026, half past two in the afternoon in Brussels.
MOMENT = dt.datetime(2026, 3, 5, 13, 30, tzinfo=dt.UTC)
#: After the clock went forward: Tuesday 31 March, nine in the morning.
IN_DE_ZOMERTIJD = dt.datetime(2026, 3, 31, 7, 0, tzinfo=dt.UTC)


def maak(vraag, spelers, soort=Afspraaksoort.BEZOEK, **velden) -> Afspraak:
    if soort in {Afspraaksoort.BEZOEK, Afspraaksoort.WENNEN}:
        velden.setdefault("locatie", spelers.egeltjes)
    gegevens = Afspraakgegevens(**{"begint_op": MOMENT, "duur": 60, **velden})
    return maak_afspraak(vraag, gegevens, soort=soort, wie=spelers.els, door=spelers.carla, nu=NU)


def _mails(sjabloon: str) -> list[Bericht]:
    return list(Bericht.objects.filter(sjabloon=f"aanvragen/{sjabloon}").order_by("pk"))


def _kalender(mail: Bericht) -> tuple[str, icalendar.Event]:
    (bijlage,) = mail.bijlagen
    kalender = icalendar.Calendar.from_ical(base64.b64decode(bijlage["inhoud"]))
    assert bijlage["type"] == f"text/calendar; method={kalender['METHOD']}"
    (punt,) = kalender.walk("VEVENT")
    return str(kalender["METHOD"]), punt


def test_the_family_gets_a_mail_with_an_entry_for_its_calendar(spelers, vraag):
    afspraak = maak(vraag, spelers)

    (mail,) = _mails("afspraak")
    assert (mail.aan, mail.titel) == (
        AMINA,
        f"Je afspraak op donderdag 5 maart 2026, vraag {vraag.referentie}",
    )
    assert mail.tekst.startswith(
        "Dag Amina,\n\n"
        "We spraken dit met je af:\n\n"
        "Samen een opvang bezoeken\n"
        "donderdag 5 maart 2026 om 14.30 uur\n"
        f"De Egeltjes, {spelers.egeltjes.adres}\n"
        "met Els\n\n"
    )
    methode, punt = _kalender(mail)
    assert (methode, punt["UID"], punt["SEQUENCE"], punt["STATUS"]) == (
        "PUBLISH",
        str(afspraak.uuid),
        0,
        "CONFIRMED",
    )
    assert punt.decoded("DTSTART") == MOMENT
    assert punt.decoded("DTEND") == MOMENT + dt.timedelta(hours=1)
    assert punt["SUMMARY"] == "Samen een opvang bezoeken (Loket Wilgenrade)"
    assert "Noor" not in mail.tekst + str(punt)


def test_moving_it_replaces_the_entry(spelers, vraag):
    afspraak = maak(vraag, spelers)

    verplaats_afspraak(
        afspraak,
        Afspraakgegevens(begint_op=IN_DE_ZOMERTIJD, duur=30, locatie=spelers.zonnetje),
        wie=spelers.carla,
        gezien_versie=0,
        door=spelers.carla,
        nu=NU,
    )

    mail = _mails("afspraak")[-1]
    assert (
        mail.titel
        == f"Je afspraak is verplaatst naar dinsdag 31 maart 2026, vraag {vraag.referentie}"
    )
    assert "dinsdag 31 maart 2026 om 9 uur\nHet Zonnetje" in mail.tekst
    _methode, punt = _kalender(mail)
    assert (punt["UID"], punt["SEQUENCE"]) == (str(afspraak.uuid), 1)
    assert punt.decoded("DTSTART") == IN_DE_ZOMERTIJD
    assert (afspraak.wie, afspraak.versie) == (spelers.carla, 1)


def test_calling_it_off_takes_it_out_of_the_calendar(spelers, vraag):
    afspraak = maak(vraag, spelers)

    zeg_afspraak_af(afspraak, door=spelers.amina, nu=NU, door_ouder=True)

    (mail,) = _mails("afspraak_afgezegd")
    assert "Een ouder zegde de afspraak af." in mail.tekst
    methode, punt = _kalender(mail)
    assert (methode, punt["SEQUENCE"], punt["STATUS"]) == ("CANCEL", 1, "CANCELLED")
    assert not Afspraak.objects.te_doen().exists()


@pytest.mark.parametrize(
    ("gelukt", "status"), [(True, Afspraakstatus.GEDAAN), (False, Afspraakstatus.GEMIST)]
)
def test_what_came_of_it_is_noted_without_a_mail(spelers, vraag, gelukt, status):
    afspraak = maak(vraag, spelers, Afspraaksoort.TERUGBELLEN)
    voor = Bericht.objects.count()

    noteer_uitkomst(afspraak, gelukt=gelukt, uitkomst="Alles gevraagd", door=spelers.els, nu=MOMENT)

    assert (afspraak.status, afspraak.uitkomst) == (status, "Alles gevraagd")
    assert Bericht.objects.count() == voor
    assert [g.werkwoord for g in gebeurtenissen_van(vraag) if "afspraak" in g.werkwoord] == [
        "aanvragen.afspraak.gedaan" if gelukt else "aanvragen.afspraak.gemist",
        "aanvragen.afspraak.gemaakt",
    ]


def test_nothing_is_done_twice(spelers, vraag):
    afspraak = maak(vraag, spelers)
    zeg_afspraak_af(afspraak, door=spelers.carla, nu=NU)

    with pytest.raises(OngeldigeOvergang):
        zeg_afspraak_af(afspraak, door=spelers.carla, nu=NU)
    with pytest.raises(OngeldigeOvergang):
        noteer_uitkomst(afspraak, gelukt=True, uitkomst="", door=spelers.carla, nu=NU)


def test_a_stale_page_does_not_move_it_again(spelers, vraag):
    afspraak = maak(vraag, spelers)
    gegevens = Afspraakgegevens(
        begint_op=MOMENT + dt.timedelta(days=1), duur=60, locatie=spelers.egeltjes
    )
    wie = {"wie": spelers.els, "gezien_versie": 0, "door": spelers.carla, "nu": NU}
    verplaats_afspraak(afspraak, gegevens, **wie)

    with pytest.raises(IntussenGewijzigd):
        verplaats_afspraak(afspraak, gegevens, **wie)


@pytest.mark.parametrize(
    ("begint_op", "mag"),
    [(NU, False), (NU - dt.timedelta(days=1), False), (NU + dt.timedelta(minutes=1), True)],
)
def test_a_moment_lies_ahead(spelers, vraag, begint_op, mag):
    if mag:
        assert maak(vraag, spelers, begint_op=begint_op)
    else:
        with pytest.raises(InHetVerleden):
            maak(vraag, spelers, begint_op=begint_op)


def test_a_visit_is_somewhere(spelers, vraag):
    with pytest.raises(GeenOpvangGekozen):
        maak(vraag, spelers, Afspraaksoort.WENNEN, locatie=None)


@pytest.mark.parametrize("reden", [None, Vervalreden.DROEVIG])
def test_an_appointment_of_a_question_that_ended_stands_no_more(spelers, vraag, reden):
    afspraak = maak(vraag, spelers)
    assert list(Afspraak.objects.te_doen()) == [afspraak]
    if reden:
        laat_vervallen(vraag, reden=reden, door=None, nu=NU)
    else:
        trek_in(vraag, door=None, nu=NU)
    voor = Bericht.objects.count()

    assert not Afspraak.objects.te_doen().exists()
    for poging in (
        lambda: zeg_afspraak_af(afspraak, door=spelers.carla, nu=NU),
        lambda: maak(vraag, spelers),
    ):
        with pytest.raises(OngeldigeOvergang):
            poging()
    assert Bericht.objects.count() == voor
