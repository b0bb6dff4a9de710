"""A new installation: the first loket and who manages it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from loket.models import Gebeurtenis, Gebruiker, Gemeente, Loket, Rol
from tests.fabrieken import maak_loket

pytestmark = pytest.mark.django_db

GENT, LOCHRISTI = "44021", "44087"


def open_gent(*nis: str, naam: str = "Loket Gent") -> str:
    uit = StringIO()
    call_command(
        "open_loket", naam, "--nis", *nis, "--beheerder", "joke@voorbeeld.test", stdout=uit
    )
    return uit.getvalue()


def test_a_loket_is_opened_with_its_area_and_its_manager(client):
    uit = open_gent(GENT, LOCHRISTI)

    loket, joke = Loket.objects.get(), Gebruiker.objects.get()
    assert uit == "Loket Gent: joke@voorbeeld.test kan zich aanmelden en beheren.\n"
    assert (loket.naam, loket.slug) == ("Loket Gent", "loket-gent")
    assert [g.naam for g in loket.gemeenten.all()] == ["Gent", "Lochristi"]
    assert joke.lokets_als(Rol.BEHEERDER) == {loket.pk}
    assert (joke.is_staff, joke.is_superuser, joke.has_usable_password()) == (True, False, False)
    assert [(g.werkwoord, g.door) for g in Gebeurtenis.objects.order_by("pk")] == [
        ("loket.geopend", None),
        ("toegang.rol_gegeven", None),
    ]
    client.force_login(joke)
    assert client.get(reverse("admin:index")).status_code == 200
    assert timezone.localdate() == joke.lidmaatschappen.get().vanaf


@pytest.mark.parametrize(
    ("nis", "zin"),
    [
        (["99999", GENT], "Geen gemeente met NIS-code 99999."),
        ([LOCHRISTI], "Er is al een loket voor Lochristi."),
    ],
)
def test_a_wrong_area_is_refused_and_nothing_is_written(nis, zin):
    call_command("laad_gemeenten", stdout=StringIO())
    maak_loket(gemeenten=[Gemeente.objects.get(nis=LOCHRISTI)])

    with pytest.raises(CommandError) as nee:
        open_gent(*nis)

    assert (str(nee.value), Loket.objects.count(), Gebruiker.objects.count()) == (zin, 1, 0)


def test_a_name_is_used_once():
    open_gent(GENT)

    with pytest.raises(CommandError, match="Er is al een loket met de naam Loket Gent"):
        open_gent(LOCHRISTI)
    with pytest.raises(CommandError, match=r"^Voer een geldig e-mailadres in\.$"):
        call_command("open_loket", "X", "--nis", LOCHRISTI, "--beheerder", "geen adres")
