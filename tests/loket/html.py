"""Compare HTML by what it says, not by how the template was wrapped."""

from __future__ import annotations

import re


def plat(html: object) -> str:
    """Drop the white space that no reader sees: around tags and within them."""
    een_regel = re.sub(r"\s+", " ", str(html))
    return re.sub(r"\s*(/?>)\s*|\s*(<)", r"\1\2", een_regel).strip()
