"""Contact details in the form that machines want."""

from __future__ import annotations


def nummer_om_te_bellen(telefoon: str) -> str:
    """Write a Belgian number as a phone dials it from anywhere: "+3290001234"."""
    cijfers = "".join(teken for teken in telefoon if teken.isdigit() or teken == "+")
    if cijfers.startswith("00"):
        return f"+{cijfers[2:]}"
    return f"+32{cijfers[1:]}" if cijfers.startswith("0") else cijfers
