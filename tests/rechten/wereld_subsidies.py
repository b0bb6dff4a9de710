"""A subsidie that the college approved, and what each URL about subsidies needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from opvang.domain.subsidies.beslissen import keur_goed_college
from tests.opvang.fabrieken_subsidies import S, maak_subsidies
from tests.spelers import Spelers


def bij_subsidies(spelers: Spelers, *, nu: dt.datetime) -> dict[str, dict[str, Any]]:
    """Farid's location gets a premie from the reglement of Carla's loket."""
    subsidies = maak_subsidies(spelers.loket, spelers.carla)
    regel = subsidies.regel()
    subsidies.budget()
    subsidie = subsidies.zet(subsidies.voorstel(spelers.egeltjes), S.DIENST)
    keur_goed_college(subsidie, datum=timezone.localdate(nu), door=subsidies.kim, nu=nu)
    namen_reglement = (
        "reglement", "wijzigen", "budget", "regel_nieuw", "rekenen", "aanvraag", "csv",
        "samen_berekenen", "samen_dienst", "samen_college",
    )  # fmt: skip
    namen_subsidie = (
        "subsidie", "berekenen", "dienst", "college", "weigeren", "intrekken", "betaald", "brief",
    )  # fmt: skip
    return {
        **{f"subsidies:{naam}": {"pk": subsidies.reglement.pk} for naam in namen_reglement},
        **{f"subsidies:{naam}": {"pk": subsidie.pk} for naam in namen_subsidie},
        **{f"subsidies:{naam}": {"pk": regel.pk} for naam in ("regel", "regel_verwijderen")},
        "aanbod_subsidies:brief": {"pk": subsidie.pk},
    }
