"""Languages by their code, as a parent reads them."""

from __future__ import annotations

from django.utils.translation import get_language_info


def taal(code: str) -> str:
    """Name a language in Dutch; an unknown code is shown as it is."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
