"""Contact details in the form that machines want, and names and numbers to compare."""

from __future__ import annotations

import re
import unicodedata


def nummer_om_te_bellen(telefoon: str) -> str:
    """Write a Belgian number as a phone dials it from anywhere: "+3290001234"."""
    cijfers = "".join(teken for teken in telefoon if teken.isdigit() or teken == "+")
    if cijfers.startswith("00"):
        return f"+{cijfers[2:]}"
    return f"+32{cijfers[1:]}" if cijfers.startswith("0") else cijfers


def binnenlands(telefoon: str) -> str:
    """The digits of a Belgian number as people write them at home: "090001234"."""
    return re.sub(r"^(0032|32)0?", "0", "".join(t for t in telefoon if t.isdecimal()))


def kaal(naam: str) -> str:
    """A name without accents, case, spaces and marks: as people copy it from paper."""
    plat = unicodedata.normalize("NFKD", naam).casefold()
    return "".join(teken for teken in plat if teken.isalnum())
