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
