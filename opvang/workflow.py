"""The fixed codes of the supply, as the law and Opgroeien name them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Opvangvorm(models.TextChoices):
    """Source: domein.md §5.1 (Decreet 20-4-2012; OPG-RATIO)."""

    GEZIN = "gezinsopvang", _("Gezinsopvang (onthaalouder)")
    GROEP = "groepsopvang", _("Groepsopvang (crèche)")
    SAMENWERKEND = "samenwerkend", _("Samenwerkende onthaalouders")


class Prijssysteem(models.TextChoices):
    """What the location says about its price; counted places stand in the Vergunning."""

    INKOMENSTARIEF = "inkomenstarief", _("Prijs volgens inkomen")
    VRIJ = "vrije_prijs", _("Vaste prijs per dag")
    GEMENGD = "gemengd", _("Een deel van de plaatsen volgens inkomen")
    ONBEKEND = "onbekend", _("Prijs niet gekend")


class Trap(models.TextChoices):
    """The highest subsidy tier that a place has. Source: domein.md §5.3."""

    T0 = "T0", _("Alleen een vergunning")
    T1 = "T1", _("Basissubsidie")
    T2 = "T2", _("Subsidie inkomenstarief")
    T3 = "T3", _("Plussubsidie")


class Ruimer(models.TextChoices):
    """Wider opening hours. Codes of Opgroeien's form FO-RE-29 (domein.md §2.2)."""

    VOOR_7 = "Voor7uur", _("Voor 7 uur")
    NA_18 = "Na18uur", _("Na 18 uur")
    ZATERDAG = "Zaterdagen", _("Op zaterdag")
    ZONDAG_FEESTDAG = "ZonFeestdagen", _("Op zon- en feestdagen")


class Aanbodsoort(models.TextChoices):
    REGULIER = "regulier", _("Vaste plaats")
    OCCASIONEEL = "occasioneel", _("Af en toe")
    DRINGEND = "dringend", _("Dringend")
    NACHT = "nacht", _("'s Nachts")


class Stand(models.TextChoices):
    """Is there room? Unknown is not full, and what was said long ago is only perhaps true."""

    VRIJ = "vrij", _("Vrij")
    MISSCHIEN = "misschien", _("Misschien vrij")
    VOL = "vol", _("Vol")
    ONBEKEND = "onbekend", _("Niet gekend")


class Onderwerp(models.TextChoices):
    """What a location may write about on its page, in this order."""

    OVER = "over", _("Over ons")
    DAG = "dag", _("Zo ziet een dag eruit")
    ETEN_SLAPEN = "eten_slapen", _("Eten en slapen")
    BUITEN = "buiten", _("Buiten spelen")
    TAAL = "taal", _("Taal")
    WENNEN = "wennen", _("Kennismaken en wennen")


class Tekststatus(models.TextChoices):
    CONCEPT = "concept", _("Nog niet op de pagina")
    WACHT = "wacht", _("Het loket kijkt ze na")
    TERUG = "terug", _("Terug van het loket")
    GEPUBLICEERD = "gepubliceerd", _("Op de pagina")
    VERVANGEN = "vervangen", _("Vervangen")


#: Writing on makes it a concept again; what was public never comes back by itself. Staff may send
#: back what is public: it leaves the page.
TEKSTOVERGANGEN: dict[Tekststatus, frozenset[Tekststatus]] = {
    Tekststatus.CONCEPT: frozenset({Tekststatus.WACHT, Tekststatus.GEPUBLICEERD}),
    Tekststatus.WACHT: frozenset(
        {Tekststatus.CONCEPT, Tekststatus.GEPUBLICEERD, Tekststatus.TERUG}
    ),
    Tekststatus.TERUG: frozenset({Tekststatus.CONCEPT}),
    Tekststatus.GEPUBLICEERD: frozenset({Tekststatus.VERVANGEN, Tekststatus.TERUG}),
    Tekststatus.VERVANGEN: frozenset(),
}


class Fotostatus(models.TextChoices):
    WACHT = "wacht", _("Het loket kijkt ze na")
    TERUG = "terug", _("Terug van het loket")
    GEPUBLICEERD = "gepubliceerd", _("Op de pagina")


#: A description that changes is looked at again, where the loket looks.
FOTOOVERGANGEN: dict[Fotostatus, frozenset[Fotostatus]] = {
    Fotostatus.WACHT: frozenset({Fotostatus.GEPUBLICEERD, Fotostatus.TERUG}),
    Fotostatus.TERUG: frozenset({Fotostatus.WACHT, Fotostatus.GEPUBLICEERD}),
    Fotostatus.GEPUBLICEERD: frozenset({Fotostatus.WACHT, Fotostatus.TERUG}),
}


class Sluitingsreden(models.TextChoices):
    """Why a location is closed for some days; a code, so that no text has to be looked at."""

    VAKANTIE = "vakantie", _("Vakantie")
    FEESTDAG = "feestdag", _("Feestdag")
    STUDIEDAG = "studiedag", _("Studiedag van het team")
    WERKEN = "werken", _("Werken aan het gebouw")
    ANDERS = "anders", _("Een andere reden")


class Regelsoort(models.TextChoices):
    """For what a municipality pays. Sources: domein.md §5.3 (SEED); Odisee-VVSG 2025, §6.6.2."""

    NIEUWE_PLAATS = "nieuwe_plaats", _("Per nieuwe plaats, één keer")
    START = "start", _("Per start, één vast bedrag")
    PLAATS_JAAR = "plaats_jaar", _("Per plaats per jaar")
    RENTE = "rente", _("Rente op een lening")


#: What computes from licences alone, so that it can be proposed without an application.
UIT_VERGUNNING = frozenset({Regelsoort.NIEUWE_PLAATS, Regelsoort.START, Regelsoort.PLAATS_JAAR})
#: What pays for places that were not there before.
MAAKT_PLAATSEN = frozenset({Regelsoort.NIEUWE_PLAATS, Regelsoort.START})


class MaximumPer(models.TextChoices):
    DOSSIER = "dossier", _("per dossier")
    JAAR = "jaar", _("per opvanglocatie en per jaar")
    LOCATIE = "locatie", _("per opvanglocatie, over alle jaren samen")


class Herkomst(models.TextChoices):
    VOORSTEL = "voorstel", _("Voorstel van het loket")
    AANVRAAG = "aanvraag", _("Aanvraag van de organisator")


class Subsidiestatus(models.TextChoices):
    VOORGESTELD = "voorgesteld", _("Voorstel")
    AANGEVRAAGD = "aangevraagd", _("Aangevraagd")
    BEREKEND = "berekend", _("Berekend")
    DIENST = "goedgekeurd_dienst", _("Goedgekeurd door de dienst")
    COLLEGE = "goedgekeurd_college", _("Goedgekeurd door het college")
    BETAALD = "betaald", _("Betaald")
    GEWEIGERD = "geweigerd", _("Geweigerd")
    INGETROKKEN = "ingetrokken", _("Ingetrokken")
    VERVALLEN = "vervallen", _("Niets meer te geven")


_S = Subsidiestatus
#: `berekend` may be computed anew, and goes back when the facts changed. `vervallen` is a proposal
#: of which nothing is left; it comes back when there is something again.
SUBSIDIEOVERGANGEN: dict[Subsidiestatus, frozenset[Subsidiestatus]] = {
    _S.VOORGESTELD: frozenset({_S.BEREKEND, _S.GEWEIGERD, _S.INGETROKKEN, _S.VERVALLEN}),
    _S.AANGEVRAAGD: frozenset({_S.BEREKEND, _S.GEWEIGERD, _S.INGETROKKEN}),
    _S.BEREKEND: frozenset(
        {
            _S.VOORGESTELD,
            _S.AANGEVRAAGD,
            _S.BEREKEND,
            _S.DIENST,
            _S.GEWEIGERD,
            _S.INGETROKKEN,
            _S.VERVALLEN,
        }
    ),
    _S.DIENST: frozenset({_S.COLLEGE, _S.GEWEIGERD, _S.INGETROKKEN}),
    _S.COLLEGE: frozenset({_S.BETAALD, _S.INGETROKKEN}),
    _S.BETAALD: frozenset(),
    _S.GEWEIGERD: frozenset(),
    _S.INGETROKKEN: frozenset(),
    _S.VERVALLEN: frozenset({_S.VOORGESTELD}),
}
#: Nobody decided yet: the amount may still change.
SUBSIDIE_OPEN = frozenset({_S.VOORGESTELD, _S.AANGEVRAAGD, _S.BEREKEND})
#: Takes a part of the budget.
SUBSIDIE_TELT = frozenset({_S.DIENST, _S.COLLEGE, _S.BETAALD})
#: Leaves room for another one for the same rule, location and year.
SUBSIDIE_WEG = frozenset({_S.GEWEIGERD, _S.INGETROKKEN})


class Meldingsoort(models.TextChoices):
    """What somebody wants to hear by mail: a place that fits, or each week's list of a loket."""

    PLAATS = "plaats", _("Als er een plaats vrijkomt")
    WEEKLIJST = "weeklijst", _("De wekelijkse lijst")


class Meldingstatus(models.TextChoices):
    WACHT = "wacht_op_bevestiging", _("Wacht op bevestiging")
    ACTIEF = "actief", _("Actief")
    GESTOPT = "gestopt", _("Gestopt")
    VERLOPEN = "verlopen", _("Verlopen")


#: Nothing leads back: who wants to hear again asks again.
MELDINGOVERGANGEN: dict[Meldingstatus, frozenset[Meldingstatus]] = {
    Meldingstatus.WACHT: frozenset({Meldingstatus.ACTIEF, Meldingstatus.GESTOPT}),
    Meldingstatus.ACTIEF: frozenset({Meldingstatus.GESTOPT, Meldingstatus.VERLOPEN}),
    Meldingstatus.GESTOPT: frozenset(),
    Meldingstatus.VERLOPEN: frozenset(),
}
#: Those that may still lead to a mail.
LOPENDE_MELDINGEN = (Meldingstatus.WACHT, Meldingstatus.ACTIEF)
