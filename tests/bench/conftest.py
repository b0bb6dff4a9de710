"""Measure, don't judge: each benchmark leaves its p50 and p95 in `var/bench.json`."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from rapportage.demodata.bouw import Demo, bouw_demo

UITSLAG: dict[str, dict[str, float]] = {}
VERHOUDINGEN: dict[str, float] = {}
_BESTAND = settings.BASE_DIR / "var" / "bench.json"


@pytest.fixture
def demo(db: None) -> Demo:
    """The demo region: 54 locations, about 2,450 questions."""
    return bouw_demo(schaal="regio", zaad=2026, nu=timezone.now())


@pytest.fixture
def meet() -> Callable[..., float]:
    """Call `werk` a number of times, after one to warm up, and note how long it took; gives p50."""

    def klok(naam: str, werk: Callable[[], Any], *, keer: int = 30) -> float:
        werk()
        tijden = []
        for _ in range(keer):
            begin = time.perf_counter()
            werk()
            tijden.append(1000 * (time.perf_counter() - begin))
        UITSLAG[naam] = {
            "n": keer,
            "p50_ms": round(statistics.median(tijden), 2),
            "p95_ms": round(statistics.quantiles(tijden, n=20)[-1], 2)
            if keer > 1
            else round(tijden[0], 2),
        }
        return UITSLAG[naam]["p50_ms"]

    return klok


@pytest.fixture
def vergelijk() -> Callable[[str, float, float], None]:
    """Note how many times as long the first took as the second."""

    def noteer(naam: str, lang: float, kort: float) -> None:
        VERHOUDINGEN[naam] = round(lang / kort, 2)

    return noteer


@pytest.fixture(scope="session", autouse=True)
def schrijf_uitslag() -> Iterator[None]:
    yield
    _BESTAND.parent.mkdir(exist_ok=True)
    inhoud = {
        "gemeten_op": timezone.now().isoformat(timespec="seconds"),
        "metingen": UITSLAG,
        "verhoudingen": VERHOUDINGEN,
    }
    _BESTAND.write_text(json.dumps(inhoud, indent=2) + "\n", encoding="utf-8")
