from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.core.cache import cache

from loket.models import Bericht
from tests.fabrieken import NU
from tests.postbus import postbus

__all__ = ["postbus"]

_teller = itertools.count(1)


@pytest.fixture(autouse=True)
def _lege_cache() -> None:
    """No test is braked by what another one tried."""
    cache.clear()


def maak_bericht(*, nu: dt.datetime = NU, **velden) -> Bericht:
    """A mail in the outbox whose turn it is."""
    n = next(_teller)
    return Bericht.objects.create(
        **{
            "sjabloon": "aanvragen/ontvangen",
            "aan": f"iemand{n}@voorbeeld.test",
            "titel": f"Bericht {n}",
            "tekst": "Dag,\n\nDit is de tekst.\n",
            "html": "<p>Dit is de tekst.</p>",
            "volgende_poging_op": nu,
            "aangemaakt_op": nu,
            **velden,
        }
    )
