"""The counter of a loket with 5,000 open requests: the work list, the search, a dossier."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from faker import Faker

from aanvragen.models import Aanmelding, Gezin, Kenmerk, Kind, Opvangvraag, Ouder
from aanvragen.workflow import Aanmeldingstatus, Vraagstatus
from tests.fabrieken import maak_locatie
from tests.spelers import roep_spelers

pytestmark = pytest.mark.django_db
AANTAL = 5_000


@pytest.fixture
def druk():
    """A loket with 5,000 open requests at 60 locations; one in five is late, urgent or near."""
    spelers = roep_spelers()
    nu = timezone.now()
    rng = random.Random(7)
    locaties = [maak_locatie(loket=spelers.loket) for _ in range(60)]
    _vul(spelers.loket, locaties, nu=nu, rng=rng)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return spelers


def _vul(loket, locaties, *, nu, rng, aantal=AANTAL) -> None:
    faker = Faker("nl_BE")
    faker.seed_instance(7)
    voornamen = [faker.first_name() for _ in range(400)]
    familienamen = [faker.last_name() for _ in range(800)]
    gemeente = loket.gemeenten.get()
    gezinnen = Gezin.objects.bulk_create(
        Gezin(loket=loket, gemeente=gemeente, postcode="9001") for _ in range(aantal)
    )
    namen = [(rng.choice(voornamen), rng.choice(familienamen)) for _ in range(aantal)]
    ouders = Ouder.objects.bulk_create(
        Ouder(
            gezin=gezin,
            voornaam=rng.choice(voornamen),
            familienaam=familienaam,
            email=f"gezin{n}@voorbeeld.test",
            telefoon=f"04{70 + n % 30} {n // 100:02} {n % 100:02} {n % 97:02}",
        )
        for n, (gezin, (_v, familienaam)) in enumerate(zip(gezinnen, namen, strict=True))
    )
    vandaag = timezone.localdate(nu)
    kinderen = Kind.objects.bulk_create(
        Kind(
            gezin=gezin,
            voornaam=voornaam,
            familienaam=familienaam,
            geboortedatum=vandaag - dt.timedelta(days=rng.randrange(300)),
        )
        for gezin, (voornaam, familienaam) in zip(gezinnen, namen, strict=True)
    )
    vragen = Opvangvraag.objects.bulk_create(
        Opvangvraag(
            loket=loket,
            kind=kind,
            aanvrager=ouder,
            status=Vraagstatus.ACTIEF,
            gewenste_start=vandaag + dt.timedelta(days=rng.randrange(-10, 500)),
            rooster=15,
            dringende_reden="StartWerk" if n % 40 == 0 else "",
            toestemming_op=nu,
            toestemming_versie="x",
            aangemaakt_op=nu - dt.timedelta(days=rng.randrange(1, 200)),
            ingediend_op=nu - dt.timedelta(days=rng.randrange(1, 200)),
            laatst_bevestigd=nu - dt.timedelta(days=rng.randrange(1, 90)),
        )
        for n, (kind, ouder) in enumerate(zip(kinderen, ouders, strict=True))
    )
    Kenmerk.objects.bulk_create(
        Kenmerk(opvangvraag=vraag, code=code, aanwezig=True, op=nu)
        for vraag, code in itertools.product(vragen[::8], ("LaagInkomen", "Alleenstaanden"))
    )
    standen = (Aanmeldingstatus.VERZONDEN, Aanmeldingstatus.WACHTLIJST, Aanmeldingstatus.WACHTLIJST)
    Aanmelding.objects.bulk_create(
        Aanmelding(
            opvangvraag=vraag,
            locatie=locatie,
            rang=rang,
            status=rng.choice(standen),
            verzonden_op=nu,
            antwoord_voor=vandaag + dt.timedelta(days=rng.randrange(-3, 40)),
            gewijzigd_op=nu,
        )
        for vraag in vragen
        for rang, locatie in enumerate(rng.sample(locaties, 3), start=1)
    )


def test_werklijst_van_vijfduizend(client, druk, meet):
    client.force_login(druk.carla)

    def lees(adres: str) -> int:
        with CaptureQueriesContext(connection) as gevraagd:
            assert client.get(adres).status_code == 200
        return len(gevraagd)

    lijst = reverse("balie:werklijst")
    veel = lees(f"{lijst}?lijst=te_laat")
    meet("werklijst, 5.000 vragen", lambda: lees(lijst))
    meet("werklijst van mij, 5.000 vragen", lambda: lees(f"{lijst}?wie=mij"))
    laat = Aanmelding.objects.te_laat(timezone.localdate()).values_list("opvangvraag", flat=True)
    Opvangvraag.objects.exclude(pk__in=list(laat[:2])).delete()

    assert lees(f"{lijst}?lijst=te_laat") == veel


def test_zoeken_in_vijfduizend(client, druk, meet):
    client.force_login(druk.carla)
    kind = Kind.objects.order_by("pk")[2500]
    zoeken = reverse("balie:zoeken")

    def zoek(tekst: str) -> None:
        antwoord = client.get(zoeken, {"zoek": tekst})
        assert antwoord.context["pagina"].paginator.count > 0

    meet("zoeken op naam", lambda: zoek(f"{kind.voornaam} {kind.familienaam}"))
    meet("zoeken met een tikfout", lambda: zoek(kind.familienaam[:-2] + kind.familienaam[-1]))
    meet("zoeken op telefoon", lambda: zoek(kind.gezin.ouders.get().telefoon))
    meet("zoeken op nummer", lambda: zoek(kind.opvangvragen.get().referentie))
    meet("zoeken op e-mailadres", lambda: zoek("gezin2500@voorbeeld.test"))
