"""The named fields of a letter, like {kind}: which there are, and how a text is filled in. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: What a letter may name, with what it becomes.
VELDEN = {
    "kind": gettext_lazy("de naam van het kind"),
    "referentie": gettext_lazy("het nummer van de vraag"),
    "start": gettext_lazy("de gewenste startdatum"),
    "opvang": gettext_lazy("de gekozen opvang, met komma's"),
    "loket": gettext_lazy("de naam van het loket"),
    "telefoon": gettext_lazy("het telefoonnummer van het loket"),
    "adres": gettext_lazy("het adres van het loket"),
    "vandaag": gettext_lazy("de dag waarop de brief vertrekt"),
}
#: A title becomes the subject of a mail, which shows on a locked phone: it names nobody.
NIET_IN_TITEL = frozenset({"kind"})
_VELD = re.compile(r"\{([^{}]*)\}")


def fouten_in(tekst: str) -> list[str]:
    """Say what is wrong with the fields of a text; nothing when it can be filled in."""
    fouten = [
        _("“{%(veld)s}” is geen veld. Kies uit: %(velden)s.")
        % {"veld": veld, "velden": ", ".join(f"{{{naam}}}" for naam in VELDEN)}
        for veld in _VELD.findall(tekst)
        if veld not in VELDEN
    ]
    if not fouten and set(_VELD.sub("", tekst)) & {"{", "}"}:
        fouten.append(_("Er staat een accolade te veel. Schrijf een veld als {kind}."))
    return fouten


def fouten_in_titel(titel: str) -> list[str]:
    """Say what is wrong with the fields of a title."""
    fouten = fouten_in(titel)
    if not fouten and NIET_IN_TITEL & set(_VELD.findall(titel)):
        fouten.append(_("Zet de naam van het kind niet in het onderwerp: iedereen kan dat lezen."))
    return fouten


def vul_in(tekst: str, waarden: Mapping[str, str]) -> str:
    """Fill in the fields; a name without a value stays as it is, so that somebody sees it."""
    return _VELD.sub(lambda veld: waarden.get(veld[1], veld[0]), tekst)
