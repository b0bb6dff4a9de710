"""The two records that nobody can change: what was decided, and who looked."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from loket.domain.logboek import gebeurtenissen_van, leg_inzage_vast, leg_vast
from loket.models import Gebeurtenis, Inzage
from tests.fabrieken import NU, maak_gebruiker, maak_loket

pytestmark = pytest.mark.django_db

MINUUT = dt.timedelta(minutes=1)


@pytest.fixture
def loket():
    return maak_loket()


@pytest.fixture
def amina():
    return maak_gebruiker("amina@voorbeeld.test", naam="Amina")


def test_an_event_says_what_who_and_when(loket, amina):
    gebeurtenis = leg_vast(
        "proef.gedaan", loket, door=amina, nu=NU, loket=loket, aantal=3, reden="proef"
    )

    gebeurtenis.refresh_from_db()
    assert (gebeurtenis.werkwoord, gebeurtenis.onderwerp_soort, gebeurtenis.onderwerp_id) == (
        "proef.gedaan",
        "loket.loket",
        loket.pk,
    )
    assert (gebeurtenis.door, gebeurtenis.loket, gebeurtenis.op) == (amina, loket, NU)
    assert gebeurtenis.gegevens == {"aantal": 3, "reden": "proef"}


def test_somebody_who_was_not_signed_in_is_named_in_words(loket):
    gebeurtenis = leg_vast("proef.gedaan", loket, door=None, namens="link in een mail", nu=NU)

    assert (gebeurtenis.door, gebeurtenis.namens) == (None, "link in een mail")


def test_the_history_of_one_thing_is_newest_first_and_of_that_thing_alone(loket, amina):
    for n in range(3):
        leg_vast(f"proef.{n}", loket, door=amina, nu=NU + n * MINUUT)
    leg_vast("proef.ander", maak_loket(), door=amina, nu=NU)
    leg_vast("proef.andere_soort", amina, door=amina, nu=NU)

    assert [g.werkwoord for g in gebeurtenissen_van(loket)] == ["proef.2", "proef.1", "proef.0"]


def test_the_history_asks_once_for_all_people(loket, amina, django_assert_num_queries):
    for n in range(3):
        leg_vast(f"proef.{n}", loket, door=maak_gebruiker(), nu=NU)

    with django_assert_num_queries(1):
        assert len([str(g.door) for g in gebeurtenissen_van(loket)]) == 3


@pytest.mark.django_db(transaction=True)
def test_no_event_without_its_decision(loket, amina):
    with transaction.atomic():
        leg_vast("proef.gedaan", loket, door=amina, nu=NU)
        transaction.set_rollback(True)

    assert Gebeurtenis.objects.count() == 0


def test_who_looked_is_known_once_an_hour(loket, amina):
    bram = maak_gebruiker("bram@voorbeeld.test")
    for na in (0, 30, 59):
        leg_inzage_vast(loket, door=amina, nu=NU + na * MINUUT, reden="dossier")
    leg_inzage_vast(loket, door=amina, nu=NU + 61 * MINUUT)
    leg_inzage_vast(loket, door=bram, nu=NU + 5 * MINUUT)
    leg_inzage_vast(bram, door=amina, nu=NU + 5 * MINUUT)

    assert [
        (i.gebruiker, i.onderwerp_soort, i.onderwerp_id, i.op - NU, i.reden)
        for i in Inzage.objects.order_by("pk")
    ] == [
        (amina, "loket.loket", loket.pk, 0 * MINUUT, "dossier"),
        (amina, "loket.loket", loket.pk, 61 * MINUUT, ""),
        (bram, "loket.loket", loket.pk, 5 * MINUUT, ""),
        (amina, "loket.gebruiker", bram.pk, 5 * MINUUT, ""),
    ]


# The database itself refuses


@pytest.fixture
def vastgelegd(loket, amina):
    leg_vast("proef.gedaan", loket, door=amina, nu=NU)
    leg_inzage_vast(loket, door=amina, nu=NU)


@pytest.mark.usefixtures("vastgelegd")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE loket_gebeurtenis SET werkwoord = 'iets.anders'",
        "UPDATE loket_gebeurtenis SET op = op",
        "DELETE FROM loket_gebeurtenis",
        "UPDATE loket_inzage SET reden = 'iets anders'",
        "DELETE FROM loket_inzage",
        "WITH weg AS (DELETE FROM loket_inzage RETURNING id) SELECT count(*) FROM weg",
        """INSERT INTO loket_inzage SELECT * FROM loket_inzage
           ON CONFLICT (id) DO UPDATE SET reden = 'overschreven'""",
    ],
)
def test_raw_sql_cannot_change_or_remove_a_record(sql):
    with (
        pytest.raises(DatabaseError, match="is alleen om toe te voegen") as fout,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)

    assert fout.value.__cause__.sqlstate == "23001"
    assert Gebeurtenis.objects.get().werkwoord == "proef.gedaan"
    assert Inzage.objects.get().reden == ""


@pytest.mark.usefixtures("vastgelegd")
@pytest.mark.parametrize("model", [Gebeurtenis, Inzage])
@pytest.mark.parametrize("daad", ["update", "delete", "save", "bulk_update", "weg"])
def test_the_orm_cannot_either(model, daad):
    rij = model.objects.get()

    with pytest.raises(DatabaseError, match="is alleen om toe te voegen"), transaction.atomic():
        match daad:
            case "update":
                model.objects.update(onderwerp_id=0)
            case "delete":
                model.objects.all().delete()
            case "save":
                rij.save()
            case "bulk_update":
                model.objects.bulk_update([rij], ["onderwerp_id"])
            case "weg":
                rij.delete()

    assert model.objects.count() == 1


@pytest.mark.usefixtures("vastgelegd")
def test_a_person_with_a_history_is_not_deleted(amina):
    with pytest.raises(DatabaseError, match=r"protected|foreign key"), transaction.atomic():
        amina.delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("vastgelegd")
def test_a_test_database_can_still_be_emptied():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE loket_gebeurtenis, loket_inzage")

    assert (Gebeurtenis.objects.count(), Inzage.objects.count()) == (0, 0)
