"""What every test shares; the cast and the factories are in `spelers.py` and `fabrieken.py`."""

from __future__ import annotations

import os

# Playwright's synchronous API runs an event loop, in which Django would refuse the ORM of the same test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
