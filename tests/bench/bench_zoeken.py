"""How long a search takes in one gemeente and in all of Flanders, and what it costs over bare SQL."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from opvang.domain.stand import Termijnen
from opvang.domain.waar import vind_gebied
from opvang.domain.zoeken import Zoekvraag, zoek
from tests.opvang.fabrieken_zoeken import GEMEENTEN, PER_GEMEENTE, vul_streek

pytestmark = pytest.mark.django_db

PROEF = "Proef 100"
MA_DI = 0b1111
#: The same search as people would write it by hand: the best answer of each location, joined once.
#: All lokets of this region keep the usual terms.
KAAL = """
WITH antwoord AS (
    SELECT l.id, l.naam, coalesce(min(
        CASE WHEN NOT (a.plaatsen[1] > a.ingenomen[1] AND a.plaatsen[2] > a.ingenomen[2]
                       AND a.plaatsen[3] > a.ingenomen[3] AND a.plaatsen[4] > a.ingenomen[4]) THEN 4
             WHEN a.laatst_bevestigd > %(vers)s THEN 1 ELSE 2 END), 3) AS stand
    FROM opvang_opvanglocatie l
    LEFT JOIN opvang_plaatsaanbod a ON a.locatie_id = l.id AND a.soort = 'regulier'
        AND (a.tot IS NULL OR a.tot > %(vandaag)s) AND a.laatst_bevestigd > %(verborgen)s
    WHERE l.zichtbaar AND (%(gemeente)s::bigint IS NULL OR l.gemeente_id = %(gemeente)s)
    GROUP BY l.id
)
"""
TELLEN = KAAL + "SELECT stand, count(*) FROM antwoord GROUP BY stand"
BLADZIJDE = (
    KAAL
    + """
, blad AS (SELECT * FROM antwoord ORDER BY naam, id LIMIT 20)
SELECT blad.stand, l.*, g.* FROM blad JOIN opvang_opvanglocatie l USING (id)
    JOIN loket_gemeente g ON g.id = l.gemeente_id ORDER BY l.naam, l.id
"""
)
PERIODEN = """
SELECT * FROM opvang_plaatsaanbod WHERE locatie_id = ANY(%(locaties)s) AND soort = 'regulier'
    AND (tot IS NULL OR tot > %(vandaag)s)
"""


@pytest.fixture
def streek(db):
    gemeenten = vul_streek(nu=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return gemeenten


def _zoek(waar: str, termijnen: Termijnen) -> int:
    """Search, and read one page: what the view asks of the domain."""
    vraag = Zoekvraag(gebied=vind_gebied(waar), rooster_masker=MA_DI)
    gevonden = zoek(vraag, termijnen=termijnen, nu=timezone.now())
    assert len(list(gevonden.locaties[:20])) == min(gevonden.aantal, 20)
    return gevonden.aantal


def _kaal(gemeente: int | None) -> int:
    nu = timezone.now()
    waarden = {
        "gemeente": gemeente,
        "vandaag": timezone.localdate(nu),
        "vers": nu - dt.timedelta(days=30),
        "verborgen": nu - dt.timedelta(days=60),
    }
    with connection.cursor() as cursor:
        cursor.execute(TELLEN, waarden)
        aantal = sum(rij[1] for rij in cursor.fetchall())
        cursor.execute(BLADZIJDE, waarden)
        locaties = [rij[1] for rij in cursor.fetchall()]
        cursor.execute(PERIODEN, {**waarden, "locaties": locaties})
        cursor.fetchall()
    return aantal


def test_search_in_a_gemeente_and_in_flanders(client, streek, meet, vergelijk):
    termijnen = Termijnen.lees()
    gemeente = next(een.pk for een in streek if een.naam == PROEF)
    assert _zoek(PROEF, termijnen) == _kaal(gemeente) == PER_GEMEENTE
    assert _zoek("", termijnen) == _kaal(None) == GEMEENTEN * PER_GEMEENTE

    klein = meet("zoeken, een gemeente", lambda: _zoek(PROEF, termijnen))
    groot = meet("zoeken, Vlaanderen", lambda: _zoek("", termijnen))
    klein_kaal = meet("zoeken in kale SQL, een gemeente", lambda: _kaal(gemeente))
    groot_kaal = meet("zoeken in kale SQL, Vlaanderen", lambda: _kaal(None))

    vergelijk("zoeken: Vlaanderen over een gemeente", groot, klein)
    vergelijk("zoeken over kale SQL, een gemeente", klein, klein_kaal)
    vergelijk("zoeken over kale SQL, Vlaanderen", groot, groot_kaal)


def test_page_of_a_search_at_the_scale_of_flanders(client, streek, meet, vergelijk):
    def pagina(**vraag: str) -> None:
        assert client.get(reverse("opvang:zoeken"), vraag).status_code == 200

    klein = meet("zoekpagina van 5 415, een gemeente", lambda: pagina(waar=PROEF, dagen="15"))
    groot = meet("zoekpagina van 5 415, Vlaanderen", lambda: pagina(dagen="15"))
    meet("zoekpagina van 5 415, deel van een naam", lambda: pagina(waar="vlinder"))
    meet("zoekpagina van 5 415, verkeerd gespeld", lambda: pagina(waar="vlindrhuisje"))
    meet("zoekpagina van 5 415, dicht bij mij", lambda: pagina(bij="51.0,3.7", ver="10"))

    vergelijk("zoekpagina: Vlaanderen over een gemeente", groot, klein)
