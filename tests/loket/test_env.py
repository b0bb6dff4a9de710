"""Settings from the environment: typed, and loud about what is wrong."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from loket import env


def test_tekst_without_default_is_required_by_name(monkeypatch):
    monkeypatch.delenv("PROEF", raising=False)

    with pytest.raises(ImproperlyConfigured, match=r"^PROEF is required: set it, or PROEF_FILE"):
        env.tekst("PROEF")


def test_tekst_reads_a_file_and_drops_the_newline(monkeypatch, tmp_path):
    bestand = tmp_path / "geheim"
    bestand.write_text("s3cr=t\n", encoding="utf-8")
    monkeypatch.setenv("PROEF_FILE", str(bestand))

    assert env.tekst("PROEF", "standaard") == "s3cr=t"


def test_tekst_refuses_a_value_and_a_file(monkeypatch):
    monkeypatch.setenv("PROEF", "a")
    monkeypatch.setenv("PROEF_FILE", "/b")

    with pytest.raises(ImproperlyConfigured, match=r"^PROEF and PROEF_FILE are both set"):
        env.tekst("PROEF")


@pytest.mark.parametrize("inhoud", [None, b"\xff\xfe"], ids=["weg", "geen tekst"])
def test_tekst_refuses_an_unreadable_file(monkeypatch, tmp_path, inhoud):
    bestand = tmp_path / "geheim"
    if inhoud is not None:
        bestand.write_bytes(inhoud)
    monkeypatch.setenv("PROEF_FILE", str(bestand))

    with pytest.raises(ImproperlyConfigured, match=r"^PROEF_FILE points at an unreadable file"):
        env.tekst("PROEF")


@pytest.mark.parametrize(
    ("waarde", "uitkomst"),
    [("1", True), ("True", True), ("ja", True), ("0", False), ("Nee", False), ("", False)],
)
def test_vlag_reads_yes_and_no(monkeypatch, waarde, uitkomst):
    monkeypatch.setenv("PROEF", waarde)

    assert env.vlag("PROEF", standaard=not uitkomst) is uitkomst


def test_vlag_refuses_anything_else(monkeypatch):
    monkeypatch.setenv("PROEF", "misschien")

    with pytest.raises(ImproperlyConfigured, match=r"PROEF must be a yes or a no .* 'misschien'"):
        env.vlag("PROEF", standaard=True)


def test_vlag_and_getal_fall_back_to_their_default(monkeypatch):
    monkeypatch.delenv("PROEF", raising=False)

    assert env.vlag("PROEF", standaard=True) is True
    assert env.getal("PROEF", 7) == 7


def test_getal_reads_a_number(monkeypatch):
    monkeypatch.setenv("PROEF", "587")

    assert env.getal("PROEF", 25) == 587


@pytest.mark.parametrize("waarde", ["", "-1", "1.5", "tien", "²"])
def test_getal_refuses_what_is_no_whole_number(monkeypatch, waarde):
    monkeypatch.setenv("PROEF", waarde)

    with pytest.raises(ImproperlyConfigured, match=r"^PROEF must be a whole number"):
        env.getal("PROEF", 25)


@pytest.mark.parametrize(
    ("waarde", "uitkomst"), [("", []), ("a.be", ["a.be"]), (" a.be , ,b.be ", ["a.be", "b.be"])]
)
def test_lijst_drops_blanks(monkeypatch, waarde, uitkomst):
    monkeypatch.setenv("PROEF", waarde)

    assert env.lijst("PROEF") == uitkomst


def test_url_refuses_another_scheme_without_telling_the_password(monkeypatch):
    monkeypatch.setenv("PROEF", "mysql://u:geheim@h/db")

    with pytest.raises(ImproperlyConfigured) as weigering:
        env.url("PROEF", "postgresql", "postgres")

    assert str(weigering.value) == "PROEF must be an address that begins with postgresql, postgres."


def test_postgres_takes_an_address_apart(monkeypatch):
    monkeypatch.setenv("PROEF", "postgresql://piet:g%40heim@db:5433/loket?sslmode=require")

    assert env.postgres("PROEF", grenzen={"lock_timeout": 5}) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "loket",
        "USER": "piet",
        "PASSWORD": "g@heim",
        "HOST": "db",
        "PORT": "5433",
        "OPTIONS": {"connect_timeout": 3, "options": "-c lock_timeout=5", "sslmode": "require"},
    }


def test_postgres_takes_the_password_apart_from_the_address(monkeypatch):
    monkeypatch.setenv("PROEF", "postgresql://loket@db/loket")
    monkeypatch.setenv("DATABASE_PASSWORD", "apart")

    assert env.postgres("PROEF", grenzen={})["PASSWORD"] == "apart"


def test_postgres_without_an_address_names_nothing(monkeypatch):
    monkeypatch.delenv("PROEF", raising=False)

    assert env.postgres("PROEF", grenzen={})["NAME"] == ""


def test_postgres_refuses_nonsense_without_telling_the_password(monkeypatch):
    monkeypatch.setenv("PROEF", "postgresql://u:geheim@h/db?onzin=1")

    with pytest.raises(ImproperlyConfigured) as weigering:
        env.postgres("PROEF", grenzen={})

    assert str(weigering.value) == "PROEF is not an address that PostgreSQL reads."


@pytest.mark.parametrize(
    ("adres", "cache", "broker"),
    [
        ("", "", ""),
        ("redis://h:6379", "redis://h:6379/1", "redis://h:6379/1"),
        ("rediss://:w@h/9?x=y", "rediss://:w@h/1?x=y", "rediss://:w@h/1?x=y"),
        ("unix:///a/v.sock", "unix:///a/v.sock?db=1", "redis+socket:///a/v.sock?virtual_host=1"),
    ],
)
def test_redis_addresses_point_at_one_database(adres, cache, broker):
    assert env.redis_db(adres, 1) == cache
    assert env.redis_broker(adres, 1) == broker
