"""Who may do what with a report of the loket, as a table that a civil servant can read."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from loket.models import Rol
from rapportage.domain.status import meld_mislukt, neem
from rapportage.models import CapaciteitsRapport
from rapportage.permissions import MAG, Actie, eis, mag
from tests.fabrieken import NU, maak_gebruiker, maak_lid, maak_loket
from tests.rapportage.fabrieken import bewaar_voorbeeld, maak_rapport

MATRIX = """
                        loket  schepen  voorzitter  toeleider  beheerder  ouder  ander_loket
lijst       -           ja     ja       nee         nee        nee        nee    ja
vragen      -           ja     nee      nee         nee        nee        nee    ja
bekijken    bezig       ja     ja       nee         nee        nee        nee    nee
bekijken    klaar       ja     ja       nee         nee        nee        nee    nee
downloaden  bezig       nee    nee      nee         nee        nee        nee    nee
downloaden  klaar       ja     ja       nee         nee        nee        nee    nee
opnieuw     klaar       nee    nee      nee         nee        nee        nee    nee
opnieuw     mislukt     ja     nee      nee         nee        nee        nee    nee
"""
ROLLEN = {
    "loket": Rol.LOKETMEDEWERKER,
    "schepen": Rol.SCHEPEN,
    "voorzitter": Rol.VOORZITTER,
    "toeleider": Rol.TOELEIDER,
    "beheerder": Rol.BEHEERDER,
}


def vakjes() -> list:
    kop, *regels = MATRIX.strip("\n").splitlines()
    uit = []
    for regel in regels:
        actie, toestand, *antwoorden = regel.split()
        for wie, antwoord in zip(kop.split(), antwoorden, strict=True):
            uit.append(
                pytest.param(
                    wie, Actie(actie), toestand, antwoord == "ja", id=f"{wie}-{actie}-{toestand}"
                )
            )
    return uit


def rapport_in(loket, toestand: str) -> CapaciteitsRapport | None:
    if toestand == "-":
        return None
    if toestand == "klaar":
        return bewaar_voorbeeld(loket)
    rapport = maak_rapport(loket)
    claim = neem(rapport.pk, nu=NU)
    if toestand == "mislukt":
        meld_mislukt(rapport.pk, claim, nu=NU)
    rapport.refresh_from_db()
    return rapport


@pytest.mark.django_db
@pytest.mark.parametrize(("wie", "actie", "toestand", "verwacht"), vakjes())
def test_rechten(wie, actie, toestand, verwacht):
    loket = maak_loket()
    if wie == "ander_loket":
        gebruiker = maak_lid(maak_loket(), Rol.LOKETMEDEWERKER)
    elif wie == "ouder":
        gebruiker = maak_gebruiker()
    else:
        gebruiker = maak_lid(loket, ROLLEN[wie])

    assert mag(gebruiker, actie, rapport_in(loket, toestand)) is verwacht


def test_every_action_has_a_rule_and_a_line():
    assert set(MAG) == set(Actie)
    assert {vakje.values[1] for vakje in vakjes()} == set(Actie)


@pytest.mark.django_db
def test_nobody_is_nobody():
    weg = maak_lid(maak_loket(), Rol.LOKETMEDEWERKER)
    weg.is_active = False

    assert not mag(AnonymousUser(), Actie.LIJST)
    assert not mag(weg, Actie.LIJST)
    with pytest.raises(PermissionDenied):
        eis(weg, Actie.LIJST)
