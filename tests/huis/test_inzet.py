"""What an operator reads and runs agrees with the code."""

from __future__ import annotations

import re

import pytest
import yaml
from django.conf import settings

from loket import checks

BASIS = settings.BASE_DIR
LEEST = re.compile(r'(?:env\.|\b)(?:tekst|vlag|getal|lijst|url|postgres)\(\s*"([A-Z_]+)"')


def variabelen() -> set[str]:
    bronnen = [BASIS / "loket" / "settings.py", BASIS / "loket" / "env.py"]
    return {naam for bron in bronnen for naam in LEEST.findall(bron.read_text(encoding="utf-8"))}


def beheer() -> str:
    return (BASIS / "docs" / "beheer.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((BASIS / "docker-compose.yml").read_text(encoding="utf-8"))


def test_every_variable_is_documented():
    assert len(variabelen()) > 20
    assert {naam for naam in variabelen() if f"`{naam}`" not in beheer()} == set()


def test_every_check_is_documented():
    codes = set(re.findall(r'"(loket\.[EW]\d+)"', (BASIS / "loket" / "checks.py").read_text()))
    reeks = beheer().replace("`loket.E001`–`E003`", "`loket.E001` `loket.E002` `loket.E003`")

    assert len(codes) == 10
    assert {code for code in codes if f"`{code}`" not in reeks} == set()
    assert checks.__doc__ is not None


def test_compose_runs_every_process(compose):
    assert set(compose["services"]) == {
        "migratie",
        "web",
        "worker",
        "worker-rapporten",
        "beat",
        "postgres",
        "valkey",
    }
    assert all("image" in dienst for dienst in compose["services"].values())
    assert all("healthcheck" in compose["services"][n] for n in ("worker", "beat", "postgres"))


def test_compose_sets_only_variables_that_exist(compose):
    bekend = variabelen() | {f"{naam}_FILE" for naam in variabelen()} | {"WEB_CONCURRENCY"}
    portaal = {n: d for n, d in compose["services"].items() if n not in {"postgres", "valkey"}}

    onbekend = {n: set(d["environment"]) - bekend for n, d in portaal.items()}
    assert {n for n, namen in onbekend.items() if namen} == set()


def test_compose_keeps_its_secrets_in_files(compose):
    for dienst in compose["services"].values():
        for naam in dienst.get("environment", {}):
            assert naam.endswith("_FILE") or naam not in {"SECRET_KEY", "POSTGRES_PASSWORD"}
    assert all("file" in geheim for geheim in compose["secrets"].values())


def test_compose_runs_the_queues_that_the_settings_name(compose):
    opdrachten = [dienst.get("command", []) for dienst in compose["services"].values()]
    rijen = {woorden[woorden.index("-Q") + 1] for woorden in opdrachten if "-Q" in woorden}
    genoemd = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}

    assert rijen == genoemd | {settings.CELERY_TASK_DEFAULT_QUEUE}


def test_the_image_runs_without_rights():
    regels = (BASIS / "Dockerfile").read_text(encoding="utf-8").splitlines()

    assert regels.index("USER loket") > max(i for i, r in enumerate(regels) if r.startswith("COPY"))
    assert any("--require-hashes" in regel for regel in regels)


def test_publiccode_describes_what_we_license():
    beschrijving = yaml.safe_load((BASIS / "publiccode.yml").read_text(encoding="utf-8"))

    assert beschrijving["legal"]["license"] == "EUPL-1.2"
    assert (BASIS / "LICENSE").read_text(encoding="utf-8").startswith("EUROPEAN UNION PUBLIC LICEN")
    for taal in beschrijving["description"].values():
        assert len(taal["shortDescription"]) <= 150
        assert len(taal["longDescription"]) >= 150
