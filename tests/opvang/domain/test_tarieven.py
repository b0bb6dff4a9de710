"""Tables of the inkomenstarief: found by date, taken in from a file, refused by the database when they leave a hole."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from loket.models import Gebeurtenis
from opvang.domain.inkomenstarief import Duur, Gezin, Leeftijdsregel, raam
from opvang.domain.tarieven import (
    OngeldigeTabel,
    laad_tabel,
    lees_bestand,
    tarief_op,
)
from opvang.models import Kinderopvangtoeslag, Tariefduur, Tariefschijf, Tarieftabel
from tests.fabrieken import NU
from tests.opvang.fabrieken_tarief import ROND, TARIEVEN, maak_tabel, tabel_van_2014

pytestmark = pytest.mark.django_db

JAN, JUL, OKT = dt.date(2026, 1, 1), dt.date(2026, 7, 1), dt.date(2026, 10, 1)
D = Decimal


def controleer_nu() -> None:
    """Ask the deferred trigger now what it would ask at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# Finding


def test_table_of_2014_reads_back_as_the_formula_wants_it():
    tabel_van_2014()

    geldig = tarief_op(dt.date(2014, 6, 1))

    assert [(s.tot, s.coefficient, s.plafond) for s in geldig.tarief.schijven] == [
        (D("41774.97"), D("0.000385"), D("15.88")),
        (D("59772.14"), D("0.00038"), D("20.95")),
    ]
    assert raam(geldig.tarief, Gezin(inkomen=D("63472.15"))).per_dag == D("22.15")
    assert [d.procent for d in geldig.tarief.duren] == [40, 60, 100, 120]
    assert "Knack" in geldig.tabel.bron


@pytest.mark.parametrize("dag", [dt.date(2013, 12, 31), dt.date(2015, 1, 1)])
def test_day_without_a_table_has_no_amounts(dag):
    tabel_van_2014()

    assert tarief_op(dag) is None


def test_inactive_table_counts_for_nothing():
    maak_tabel(actief=False)

    assert tarief_op(JUL) is None


def test_table_without_brackets_has_no_amounts():
    tabel = maak_tabel()
    tabel.schijven.all().delete()

    assert tarief_op(JUL) is None


def test_what_is_for_schoolchildren_is_left_out_and_ages_are_read():
    maak_tabel()

    tarief = tarief_op(JUL).tarief

    assert tarief.duren == (
        Duur(van_uur=D(0), tot_uur=D(5), procent=60),
        Duur(van_uur=D(5), tot_uur=D(11), procent=100),
        Duur(van_uur=D(11), tot_uur=None, procent=160, flexibel=True),
    )
    assert tarief.leeftijdsregels == (
        Leeftijdsregel(tot_maanden=144),
        Leeftijdsregel(tot_maanden=30, start_vanaf=JAN),
    )


def test_finding_takes_three_queries(django_assert_num_queries):
    maak_tabel()

    with django_assert_num_queries(3):
        tarief_op(JUL)


# Taking in


def test_next_table_ends_the_open_one_before_it():
    eerste = maak_tabel()
    tweede = maak_tabel(naam="Van oktober", vanaf=OKT)
    controleer_nu()

    eerste.refresh_from_db()
    assert (eerste.tot, tweede.tot) == (OKT, None)
    assert [tarief_op(dag).tabel.naam for dag in (dt.date(2026, 9, 30), OKT)] == [
        "Ronde bedragen",
        "Van oktober",
    ]
    assert Gebeurtenis.objects.filter(werkwoord="opvang.tarieftabel_geladen").count() == 2


def test_inactive_table_leaves_the_active_one_alone():
    eerste = maak_tabel()
    maak_tabel(actief=False, vanaf=OKT)

    eerste.refresh_from_db()
    assert eerste.tot is None


def test_table_that_would_leave_days_without_one_is_refused():
    maak_tabel(tot=JUL)

    with pytest.raises(OngeldigeTabel, match="Van 2026-07-01 tot 2026-10-01 zou er geen tabel"):
        maak_tabel(vanaf=OKT)
    with pytest.raises(OngeldigeTabel, match="Van 2025-07-01 tot 2026-01-01 zou er geen tabel"):
        maak_tabel(vanaf=dt.date(2025, 1, 1), tot=dt.date(2025, 7, 1))
    assert Tarieftabel.objects.count() == 1


def test_table_that_was_never_checked_can_not_be_active():
    bestand = lees_bestand((TARIEVEN / "niet_nagekeken.toml").read_text(encoding="utf-8"))

    with pytest.raises(OngeldigeTabel, match="niet nagekeken"):
        laad_tabel(bestand, actief=True, door=None, nu=NU)
    tabel = laad_tabel(bestand, actief=False, door=None, nu=NU)

    assert (tabel.maximum, tabel.kindkorting, tabel.actief) == (D("35.89"), None, False)
    assert tarief_op(dt.date(2026, 11, 25)) is None
    with pytest.raises(IntegrityError, match="tarieftabel_actief_is_volledig"):
        Tarieftabel.objects.update(actief=True)


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"minimum": 1.5}, "tussen aanhalingstekens"),
        ({"minimum": "veel"}, "'veel' is geen getal"),
        ({"minimum": "NaN"}, "'NaN' is geen getal"),
        ({"minimum": True}, "tussen aanhalingstekens"),
        ({"minimum": "40"}, "De laagste prijs ligt niet boven de hoogste"),
        ({"vanaf": "2026-01-01"}, "Schrijf een dag als"),
        ({"schijven": []}, "geen schijven"),
        ({"schijven": {"tot": "1"}}, "is een lijst van rijen"),
        ({"schijven": [{"tot": "1"}]}, "tussen aanhalingstekens, niet None"),
        ({"duren": [{"van_uur": "0", "procent": 0}]}, "minstens 1 is"),
        ({"duren": [{"van_uur": "0", "procent": "60"}]}, "geheel getal, niet '60'"),
        ({"kindkorting": "-1"}, "minstens 0 is"),
        ({"tot": dt.date(2025, 1, 1)}, "De tabel eindigt voor ze begint"),
    ],
)
def test_bad_table_is_refused_whole(velden, melding):
    with pytest.raises(OngeldigeTabel, match=melding):
        maak_tabel(**velden)
    assert not Tarieftabel.objects.exists()


def test_file_with_an_unknown_name_is_refused():
    with pytest.raises(OngeldigeTabel, match="Onbekend: minimun"):
        lees_bestand('minimun = "1"')
    with pytest.raises(OngeldigeTabel, match="geen TOML"):
        lees_bestand("minimum =")
    with pytest.raises(OngeldigeTabel, match="minimum ontbreekt"):
        laad_tabel({"naam": "x", "vanaf": JAN, "bron": "x"}, actief=False, door=None, nu=NU)


# The database


def test_overlap_of_active_tables_is_refused():
    maak_tabel()

    with pytest.raises(IntegrityError, match="tarieftabel_overlapt_niet"), transaction.atomic():
        Tarieftabel.objects.create(**_velden(vanaf=OKT))
    Tarieftabel.objects.create(**_velden(vanaf=OKT, actief=False))


def test_hole_between_active_tables_is_refused():
    Tarieftabel.objects.create(**_velden(vanaf=JAN, tot=JUL))
    Tarieftabel.objects.create(**_velden(vanaf=OKT, actief=False))
    controleer_nu()
    with pytest.raises(IntegrityError, match="tarieftabel_laat_geen_gat"), transaction.atomic():
        Tarieftabel.objects.filter(vanaf=OKT).update(actief=True)
        controleer_nu()
    with transaction.atomic():  # both sides in one transaction: the order does not matter
        Tarieftabel.objects.filter(vanaf=OKT).update(actief=True)
        Tarieftabel.objects.filter(vanaf=JAN).update(tot=OKT)
        controleer_nu()
    with pytest.raises(IntegrityError, match="tarieftabel_laat_geen_gat"), transaction.atomic():
        Tarieftabel.objects.create(**_velden(vanaf=dt.date(2025, 1, 1), tot=dt.date(2025, 12, 31)))
        controleer_nu()


def test_days_without_a_table_are_named_on_both_sides():
    tabel = maak_tabel(vanaf=JUL, tot=OKT)

    def gat(**velden):
        return Tarieftabel(**_velden(**velden)).dagen_zonder()

    assert gat(vanaf=dt.date(2026, 11, 1)) == (OKT, dt.date(2026, 11, 1))
    assert gat(vanaf=JAN, tot=dt.date(2026, 6, 1)) == (dt.date(2026, 6, 1), JUL)
    assert gat(vanaf=JAN, tot=JUL) is gat(vanaf=OKT) is None
    assert gat(vanaf=dt.date(2026, 11, 1), actief=False) is None
    assert tabel.dagen_zonder() is None


def test_brackets_and_hours_that_contradict_are_refused():
    tabel = maak_tabel()

    with pytest.raises(IntegrityError, match="tariefschijf_eindigt_een_keer"), transaction.atomic():
        Tariefschijf.objects.create(tabel=tabel, tot=D(45000), coefficient=D("0.1"))
    with pytest.raises(IntegrityError, match="tariefschijf_is_positief"), transaction.atomic():
        Tariefschijf.objects.create(tabel=tabel, tot=D(1), coefficient=D(0))
    with pytest.raises(IntegrityError, match="tariefduur_overlapt_niet"), transaction.atomic():
        Tariefduur.objects.create(tabel=tabel, van_uur=4, tot_uur=6, procent=80)
    Tariefduur.objects.create(tabel=tabel, van_uur=4, tot_uur=6, procent=80, geval="school")


def test_two_amounts_of_the_toeslag_never_overlap():
    Kinderopvangtoeslag.objects.create(vanaf=JAN, bedrag=1, bron="x", actief=True)
    Kinderopvangtoeslag.objects.create(vanaf=JUL, bedrag=2, bron="y")

    assert Kinderopvangtoeslag.objects.geldig_op(JUL).get().bedrag == 1
    with pytest.raises(IntegrityError, match="toeslag_overlapt_niet"), transaction.atomic():
        Kinderopvangtoeslag.objects.update(actief=True)
    with pytest.raises(IntegrityError, match="toeslag_noemt_zijn_bron"), transaction.atomic():
        Kinderopvangtoeslag.objects.filter(vanaf=JAN).update(bron="")


def _velden(**velden):
    return {
        "naam": "Tabel",
        "bron": "Verzonnen",
        "actief": True,
        "minimum": 1,
        "maximum": 30,
        "stap_bedrag": 1,
        "stap_inkomen": 1000,
        "kindkorting": 1,
        "meerlingkorting": 1,
        **velden,
    }


# The command


def test_command_writes_nothing_without_being_asked(tmp_path):
    uit = StringIO()

    call_command("tarieftabel", "2014", "--actief", stdout=uit)

    assert "2 schijven" in uit.getvalue()
    assert "Net boven" not in uit.getvalue()
    assert "net boven 41774.97 wordt opvang goedkoper" in uit.getvalue()
    assert "Niets bewaard" in uit.getvalue()
    assert not Tarieftabel.objects.exists()
    assert not Gebeurtenis.objects.exists()


def test_command_writes_a_file(tmp_path):
    bestand = tmp_path / "eigen.toml"
    bestand.write_text(ROND, encoding="utf-8")

    call_command("tarieftabel", str(bestand), "--actief", "--schrijf", stdout=StringIO())

    tabel = Tarieftabel.objects.get()
    assert (tabel.naam, tabel.actief, tabel.schijven.count()) == ("Ronde bedragen", True, 2)
    assert Gebeurtenis.objects.get().namens == "tarieftabel eigen.toml"


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [(None, "niet te lezen"), (b"\xff", "niet te lezen"), (b"naam = 1\x00", "geweigerd")],
)
def test_command_says_what_is_wrong(tmp_path, inhoud, melding):
    bestand = tmp_path / "x.toml"
    if inhoud is not None:
        bestand.write_bytes(inhoud)

    with pytest.raises(CommandError, match=melding):
        call_command("tarieftabel", str(bestand))


def test_command_refuses_to_activate_what_nobody_checked():
    with pytest.raises(CommandError, match=r"niet_nagekeken\.toml is geweigerd"):
        call_command("tarieftabel", "niet_nagekeken", "--actief", "--schrijf")
