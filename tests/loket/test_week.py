"""The week in words, for readers who do not see the strip."""

from __future__ import annotations

import pytest

from loket import week


def masker(*codes: str) -> int:
    return week.uit_codes(codes)


HELE = {dag: masker(f"{dag}-vm", f"{dag}-nm") for dag, _naam in week.DAGEN}


def test_bits_run_from_monday_morning_to_sunday_afternoon():
    assert week.CODES["ma-vm"] == 1
    assert week.CODES["ma-nm"] == 2
    assert week.CODES["di-vm"] == 4
    assert week.CODES["zo-nm"] == 1 << 13
    assert sum(week.CODES.values()) == week.HELE_WEEK == 16383


@pytest.mark.parametrize(
    ("week_masker", "verwacht"),
    [
        pytest.param(0, "geen dagen", id="niets"),
        pytest.param(HELE["ma"], "maandag hele dag", id="een dag"),
        pytest.param(HELE["ma"] | HELE["di"], "maandag en dinsdag hele dag", id="twee dagen"),
        pytest.param(
            HELE["ma"] | HELE["di"] | HELE["do"] | masker("vr-vm"),
            "maandag, dinsdag en donderdag hele dag, vrijdag voormiddag",
            id="gemengd",
        ),
        pytest.param(week.WERKWEEK, "maandag tot en met vrijdag hele dag", id="werkweek"),
        pytest.param(
            masker("wo-nm", "za-vm"), "zaterdag voormiddag, woensdag namiddag", id="halve dagen"
        ),
    ],
)
def test_week_in_words(week_masker, verwacht):
    assert week.in_woorden(week_masker) == verwacht


@pytest.mark.parametrize(
    ("gevraagd", "vrij", "verwacht"),
    [
        pytest.param(
            HELE["ma"], HELE["ma"] | HELE["wo"],
            "Past op al je dagen: maandag hele dag. Ook vrij: woensdag hele dag.", id="alles past",
        ),
        pytest.param(
            HELE["ma"] | HELE["do"], HELE["ma"],
            "Past: maandag hele dag. Niet vrij: donderdag hele dag.", id="een deel",
        ),
        pytest.param(HELE["ma"], 0, "Geen van je dagen is vrij.", id="niets past"),
        pytest.param(0, HELE["wo"], "Ook vrij: woensdag hele dag.", id="niets gevraagd"),
        pytest.param(0, 0, "Niets vrij.", id="niets"),
    ],
)  # fmt: skip
def test_asked_week_beside_the_free_week_in_words(gevraagd, vrij, verwacht):
    assert week.in_woorden_naast(gevraagd, vrij) == verwacht


def test_unknown_code_is_refused():
    with pytest.raises(KeyError):
        week.uit_codes(["ma-avond"])
