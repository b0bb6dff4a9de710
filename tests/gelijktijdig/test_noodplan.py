"""Two at once around a closing: one plan, one new place, nothing accepted in between, calm holds.

Each race is first run without the lock that protects it (docs/gelijktijdigheid.md).
"""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.fouten import AlGeplaatst, OngeldigeOvergang
from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.noodplan import rust
from aanvragen.domain.noodplan.berichten import maak_ontwerpen, verstuur_ontwerpen
from aanvragen.domain.noodplan.herplaatsen import plaats_meteen, vraag_daar
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.models import Aanmelding, Noodplan, Noodplanregel, Opvangvraag, Plaatsing
from aanvragen.querysets import OpvangvraagQuerySet
from aanvragen.workflow import Vervalreden
from loket.models import Bericht
from loket.workflow import Berichtstatus
from opvang.domain.keuren import Aanbodgegevens
from opvang.domain.sluiten import AlGemeld
from opvang.domain.vrije_plaatsen import meld_vrij
from opvang.models import Plaatsaanbod, Sluiting
from tests.fabrieken import (
    NU,
    maak_aanbod,
    maak_gebruiker,
    maak_locatie,
    maak_loket,
    maak_voorstel,
    maak_vraag,
)
from tests.gelijktijdig.hulp import tegelijk
from tests.opvang.fabrieken_noodplan import SLUIT, begin_plan, plaats_kind, regel_van

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NU + dt.timedelta(hours=1)


@pytest.fixture
def loket():
    return maak_loket()


@pytest.fixture
def locatie(loket):
    return maak_locatie(loket=loket)


@pytest.fixture
def zonder_vraagslot(monkeypatch):
    monkeypatch.setattr(OpvangvraagQuerySet, "vergrendeld", lambda self: self.order_by("pk"))


@pytest.fixture
def zonder_gezinsslot(monkeypatch):
    """Forget to lock the family, wherever the plan does."""
    for module in ("rust", "berichten"):
        monkeypatch.setattr(
            f"aanvragen.domain.noodplan.{module}.vergrendel_gezinnen", lambda _ids: None
        )


@pytest.fixture
def zonder_locatieslot(monkeypatch):
    for module in ("opvang.domain.sluiten", "aanvragen.domain.noodplan.starten"):
        monkeypatch.setattr(f"{module}.vergrendel_locatie", lambda locatie: locatie)


# Two staff close the same location


def _twee_keer_sluiten(locatie, loket):
    plaats_kind(locatie, loket=loket)
    return tegelijk(
        lambda: begin_plan(locatie, loket=loket),
        lambda: begin_plan(locatie, loket=loket, soort="opheffing"),
    )


@pytest.mark.usefixtures("zonder_locatieslot", "zonder_vraagslot", "zonder_gezinsslot")
def test_without_lock_the_second_gets_a_raw_refusal(loket, locatie, monkeypatch):
    monkeypatch.setattr("aanvragen.domain.noodplan.starten.vergrendel_gezinnen", lambda _ids: None)

    uitkomst = _twee_keer_sluiten(locatie, loket)

    assert not isinstance(uitkomst.tweede, AlGemeld)
    assert Noodplan.objects.count() == 1


def test_two_staff_start_one_plan(loket, locatie):
    uitkomst = _twee_keer_sluiten(locatie, loket)

    assert uitkomst.wachtte
    assert isinstance(uitkomst.eerste, Noodplan)
    assert isinstance(uitkomst.tweede, AlGemeld)
    assert (Noodplan.objects.count(), Noodplanregel.objects.count()) == (1, 1)
    assert Opvangvraag.objects.count() == 2


# Two staff give the same child a new place


def _twee_keer_plaatsen(locatie, loket):
    plaatsing = plaats_kind(locatie, loket=loket)
    begin_plan(locatie, loket=loket)
    door = maak_gebruiker()
    een, twee = (maak_aanbod(maak_locatie(loket=loket), vanaf=SLUIT) for _ in range(2))
    return tegelijk(
        lambda: plaats_meteen(regel_van(plaatsing), een, start=SLUIT, door=door, nu=LATER),
        lambda: plaats_meteen(regel_van(plaatsing), twee, start=SLUIT, door=door, nu=LATER),
    )


@pytest.mark.usefixtures("zonder_vraagslot", "zonder_gezinsslot")
def test_without_lock_a_second_new_place_is_refused_but_not_kindly(loket, locatie):
    uitkomst = _twee_keer_plaatsen(locatie, loket)

    assert not isinstance(uitkomst.tweede, (AlGeplaatst, Plaatsing))


def test_a_child_gets_one_new_place(loket, locatie):
    uitkomst = _twee_keer_plaatsen(locatie, loket)

    assert uitkomst.wachtte
    assert isinstance(uitkomst.eerste, Plaatsing)
    assert isinstance(uitkomst.tweede, AlGeplaatst)
    assert Plaatsing.objects.filter(vanaf=SLUIT).count() == 1
    assert sum(sum(rij.ingenomen) for rij in Plaatsaanbod.objects.filter(vanaf=SLUIT)) == 4


# A family accepts an offer there at the moment of the closing


def _voorstel(locatie, loket):
    vraag = maak_vraag(loket, [locatie])
    return maak_voorstel(vraag.aanmeldingen.get(), maak_aanbod(locatie))


@pytest.mark.usefixtures("zonder_vraagslot", "zonder_gezinsslot")
def test_without_lock_a_place_is_accepted_that_the_plan_does_not_know(loket, locatie, monkeypatch):
    monkeypatch.setattr("aanvragen.domain.noodplan.starten.vergrendel_gezinnen", lambda _ids: None)
    monkeypatch.setattr(
        "opvang.querysets.PlaatsaanbodQuerySet.vergrendeld", lambda self: self.order_by("pk")
    )
    voorstel = _voorstel(locatie, loket)

    uitkomst = tegelijk(
        lambda: aanvaard(voorstel, door=None, nu=LATER), lambda: begin_plan(locatie, loket=loket)
    )

    assert isinstance(uitkomst.eerste, Plaatsing)
    assert not Noodplanregel.objects.exists()


def test_a_place_accepted_just_before_the_closing_is_on_the_list(loket, locatie):
    voorstel = _voorstel(locatie, loket)

    uitkomst = tegelijk(
        lambda: aanvaard(voorstel, door=None, nu=LATER), lambda: begin_plan(locatie, loket=loket)
    )

    assert uitkomst.wachtte
    assert isinstance(uitkomst.tweede, Noodplan)
    assert Noodplanregel.objects.get().plaatsing == uitkomst.eerste
    assert regel_van(uitkomst.eerste).heropend.dringende_reden == "WegvallenOpvang"


def test_an_offer_can_not_be_accepted_just_after_the_closing(loket, locatie):
    voorstel = _voorstel(locatie, loket)

    uitkomst = tegelijk(
        lambda: begin_plan(locatie, loket=loket), lambda: aanvaard(voorstel, door=None, nu=LATER)
    )

    assert uitkomst.wachtte
    assert isinstance(uitkomst.tweede, OngeldigeOvergang)
    assert not Plaatsing.objects.exists()


# The provider announces places at the moment of the closing


def test_places_announced_during_the_closing_are_cut(loket, locatie):
    uitkomst = tegelijk(
        lambda: begin_plan(locatie, loket=loket),
        lambda: meld_vrij(
            locatie, Aanbodgegevens(vanaf=dt.date(2026, 4, 1), vrij=(2,) * 14), door=None, nu=NU
        ),
    )

    assert uitkomst.wachtte
    assert Sluiting.objects.count() == 1
    assert Plaatsaanbod.objects.get().tot == SLUIT


# A family asks for calm at the moment of sending


def _versturen_en_rust(locatie, loket):
    plaatsing = plaats_kind(locatie, loket=loket)
    plan = begin_plan(locatie, loket=loket)
    door = maak_gebruiker()
    (ontwerp,) = maak_ontwerpen(plan, tekst="", door=door, nu=NU)
    vraag = Opvangvraag.objects.get(pk=plaatsing.opvangvraag_id)
    return (
        lambda: verstuur_ontwerpen(plan, [ontwerp.pk], door=door, nu=LATER),
        lambda: laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=LATER),
    )


def _vertrekt() -> int:
    return Bericht.objects.filter(sjabloon="aanvragen/noodplan", status=Berichtstatus.WACHT).count()


def _rust_en_vragen(locatie, loket):
    """Sad news about another child of the family, while staff ask for a place for this one."""
    plaatsing = plaats_kind(locatie, loket=loket)
    zus = maak_vraag(loket, [maak_locatie(loket=loket)])
    zus.kind.gezin = plaatsing.opvangvraag.kind.gezin
    zus.kind.save()
    begin_plan(locatie, loket=loket)
    ander, door = maak_locatie(loket=loket), maak_gebruiker()
    return tegelijk(
        lambda: laat_vervallen(zus, reden=Vervalreden.DROEVIG, door=None, nu=LATER),
        lambda: vraag_daar(regel_van(plaatsing), ander, door=door, nu=LATER),
    )


@pytest.mark.usefixtures("zonder_gezinsslot")
def test_without_lock_staff_ask_on_behalf_of_a_family_that_asked_for_calm_first(loket, locatie):
    uitkomst = _rust_en_vragen(locatie, loket)

    assert not uitkomst.wachtte
    assert isinstance(uitkomst.tweede, Aanmelding)


def test_nothing_is_asked_once_a_family_wants_calm(loket, locatie):
    uitkomst = _rust_en_vragen(locatie, loket)

    assert uitkomst.wachtte
    assert isinstance(uitkomst.tweede, rust.WilRust)


@pytest.mark.parametrize("rust_eerst", [False, True])
def test_calm_asked_for_while_sending_wins(loket, locatie, rust_eerst):
    verstuur, vraag_rust = _versturen_en_rust(locatie, loket)

    uitkomst = tegelijk(vraag_rust, verstuur) if rust_eerst else tegelijk(verstuur, vraag_rust)

    assert uitkomst.wachtte
    assert not isinstance(uitkomst.eerste, Exception)
    assert not isinstance(uitkomst.tweede, Exception)
    assert _vertrekt() == 0
    assert rust.gezinnen_met_rust([regel.gezin_id for regel in Noodplanregel.objects.all()])


def test_two_staff_press_send_and_each_family_gets_one_mail(loket, locatie):
    verstuur, _vraag_rust = _versturen_en_rust(locatie, loket)

    uitkomst = tegelijk(verstuur, verstuur)

    assert (uitkomst.eerste.mails, uitkomst.tweede.mails) == (1, 0)
    assert _vertrekt() == 1
