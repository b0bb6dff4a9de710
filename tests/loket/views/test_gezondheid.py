"""What load balancers and monitoring see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from loket.models import Bericht
from loket.workflow import Berichtstatus


def test_healthz_asks_nothing_of_the_database(client):
    antwoord = client.get("/healthz")

    assert (antwoord.status_code, antwoord.content) == (200, b"ok\n")
    assert antwoord["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.django_db
def test_readyz_is_ready_with_database_and_cache(client):
    assert client.get("/readyz").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_without_redis_is_ready_but_degraded(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "unix:///nonexistent/valkey.sock?db=1",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True},
        }
    }

    antwoord = client.get("/readyz")

    assert (antwoord.status_code, antwoord.content) == (200, b"degraded: no redis\n")


@pytest.mark.django_db(transaction=True)
def test_readyz_without_database_is_not_ready(client, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nonexistent")

    antwoord = client.get("/readyz")

    assert (antwoord.status_code, antwoord.content) == (503, b"database unreachable\n")


def maak_bericht(status: Berichtstatus, sinds: timedelta) -> None:
    toen = timezone.now() - sinds
    Bericht.objects.create(
        sjabloon="proef",
        aan="amina@voorbeeld.test",
        titel="Geheim",
        tekst="Dag Amina",
        status=status,
        volgende_poging_op=toen,
        aangemaakt_op=toen,
        verzonden_op=toen if status == Berichtstatus.VERZONDEN else None,
    )


@pytest.mark.django_db
def test_metrics_count_the_outbox_and_name_nobody(client):
    maak_bericht(Berichtstatus.WACHT, timedelta(minutes=5))
    maak_bericht(Berichtstatus.WACHT, timedelta(minutes=1))
    maak_bericht(Berichtstatus.VERZONDEN, timedelta(days=1))

    regels = client.get("/metrics").content.decode().splitlines()

    assert 'loket_berichten{status="wacht"} 2' in regels
    assert 'loket_berichten{status="verzonden"} 1' in regels
    assert 'loket_berichten{status="mislukt"} 0' in regels
    assert "loket_oudste_bericht_seconden 300" in regels
    assert "loket_redis_bereikbaar 1" in regels
    assert not any("amina" in regel.lower() for regel in regels)


@pytest.mark.django_db
def test_metrics_of_an_empty_outbox_have_no_age(client):
    assert "loket_oudste_bericht_seconden 0" in client.get("/metrics").content.decode().split("\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "herkomst",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    ],
    ids=["van elders", "onbekend", "langs een proxy"],
)
def test_metrics_without_token_are_for_this_machine_alone(client, herkomst):
    assert client.get("/metrics", **herkomst).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("gegeven", "status"),
    [("Bearer s3cret", 200), ("Bearer fout", 404), ("", 404)],
)
def test_metrics_with_a_token_ask_for_it(client, settings, gegeven, status):
    settings.METRICS_TOKEN = "s3cret"

    antwoord = client.get("/metrics", REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION=gegeven)

    assert antwoord.status_code == status


@pytest.mark.parametrize("pad", ["/healthz", "/readyz", "/metrics"])
def test_health_pages_take_no_input(client, pad):
    assert client.post(pad).status_code == 405
