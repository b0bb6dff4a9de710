"""The map library Leaflet among the static files, out of an installed package.

The package brings far more than a map needs, so it is no installed app: the finder below gives the
library, and the files that its sheet and its script name.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.core.checks import CheckMessage
    from django.core.files.storage import Storage

BESTANDEN = (
    "leaflet/leaflet.js",
    "leaflet/leaflet.js.map",
    "leaflet/leaflet.css",
    "leaflet/images/layers.png",
    "leaflet/images/layers-2x.png",
    "leaflet/images/marker-icon.png",
)


def bron() -> Path:
    """Where the package keeps its static files."""
    spec = find_spec("leaflet")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "static"


class Vinder(BaseFinder):
    """Finds Leaflet among the static files."""

    def check(self, **_kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 -- Django's signature
        alles = find_all or kwargs.get("all", False)
        gevonden = [str(bron() / path)] if path in BESTANDEN else []
        return gevonden if alles else next(iter(gevonden), [])

    def list(
        self,
        ignore_patterns: Iterable[str] | None,  # noqa: ARG002 -- Django's signature
    ) -> Iterator[tuple[str, Storage]]:
        opslag = FileSystemStorage(location=bron())
        yield from ((bestand, opslag) for bestand in BESTANDEN)
