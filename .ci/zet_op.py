"""Make the machine ready for a verb of the Makefile: `zet_op.py demo` or `zet_op.py dev`.

Standard library only, and readable by an older Python, which then says so. A virtual environment
comes from the hashed lock; missing system libraries are installed on Debian and Ubuntu when we
are root, and named in one line otherwise. What was done is not done again.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

BASIS = Path(__file__).resolve().parent.parent
VENV = BASIS / ".venv"
BIN = VENV / "bin"
OUDSTE = (3, 11)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(soort: str) -> None:
    if sys.version_info < OUDSTE:
        sys.exit("Python 3.11 or newer is needed; name it like this: make PYTHON=python3.12 …")
    systeem(soort)
    with op_slot():
        omgeving(soort)


@contextlib.contextmanager
def op_slot():
    """Two verbs may start at the same moment in one checkout."""
    var = BASIS / "var"
    var.mkdir(exist_ok=True)
    with (var / "opzetten.slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield


def omgeving(soort: str) -> None:
    """Install the packages of the lock, unless exactly these are there."""
    lock = BASIS / f"requirements-{soort}.lock"
    merk = VENV / f"klaar-{soort}"
    inhoud = hashlib.sha256(lock.read_bytes()).hexdigest()
    if merk.exists() and merk.read_text() == inhoud and (BIN / "python").exists():
        return
    print(f"Installing the packages of {lock.name} into .venv …", flush=True)
    if not (BIN / "python").exists():
        doe(sys.executable, "-m", "venv", "--clear", VENV)
    if not (BIN / "uv").exists():
        alleen_uv = VENV / "uv.lock"
        alleen_uv.write_text(blok(BASIS / "requirements-dev.lock", "uv"))
        doe(BIN / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", alleen_uv)
    met_uv = [BIN / "uv", "--system-certs", "pip", "install", "-q", "--python", BIN / "python"]
    if subprocess.run([*met_uv, "--require-hashes", "-r", lock], check=False).returncode:
        # uv does not read pip's own configuration, where an organisation may keep its index.
        met_pip = [BIN / "python", "-m", "pip", "install", "-q", "--no-deps"]
        doe(*met_pip, "--require-hashes", "-r", lock)
    merk.write_text(inhoud)


def blok(lock: Path, pakket: str) -> str:
    """Return the lines of one package: its version and its hashes."""
    regels = lock.read_text().splitlines()
    begin = next(i for i, regel in enumerate(regels) if regel.startswith(f"{pakket}=="))
    einde = begin + 1
    while einde < len(regels) and regels[einde].startswith(" "):
        einde += 1
    return "\n".join(regels[begin:einde]) + "\n"


def systeem(soort: str) -> None:
    """Install or name the system packages that no wheel holds."""
    mist = [pakket for pakket, aanwezig in nodig(soort) if not aanwezig()]
    if not mist:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(mist)} …", flush=True)
        rustig = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        doe("apt-get", "update", "-qq", env=rustig)
        doe("apt-get", "install", "-y", "-qq", "--no-install-recommends", *mist, env=rustig)
    mist = [pakket for pakket, aanwezig in nodig(soort) if not aanwezig()]
    if mist:
        sys.exit(f"Please install: {' '.join(mist)}")


def nodig(soort: str):
    """Return package names (Debian's) with the question whether we have what they hold."""
    lijst = [("python3-venv", lambda: (BIN / "python").exists() or kan("import ensurepip"))]
    if platform.system() == "Linux":
        lijst += [
            ("libpango-1.0-0", lambda: laadt("libpango-1.0.so.0")),
            ("libpangoft2-1.0-0", lambda: laadt("libpangoft2-1.0.so.0")),
            ("libharfbuzz-subset0", lambda: laadt("libharfbuzz-subset.so.0")),
            ("fonts-dejavu-core", lambda: any(Path("/usr/share/fonts").rglob("*.[to]tf"))),
            ("util-linux", lambda: shutil.which("setpriv")),
        ]
    else:
        lijst += [("pango", lambda: laadt("libpango-1.0.0.dylib"))]
    if soort == "dev":
        lijst += [("chromium", lambda: any(map(shutil.which, CHROMIUM)))]
        lijst += [("gettext", lambda: shutil.which("msgfmt"))]
    return lijst


def kan(regel: str) -> bool:
    return not subprocess.run(
        [sys.executable, "-c", regel], capture_output=True, check=False
    ).returncode


def laadt(bibliotheek: str) -> bool:
    try:
        ctypes.CDLL(bibliotheek)
    except OSError:
        return False
    return True


def doe(*woorden: object, env: dict[str, str] | None = None) -> None:
    klaar = subprocess.run([str(woord) for woord in woorden], check=False, env=env)
    if klaar.returncode:
        sys.exit(f"This did not work: {' '.join(str(woord) for woord in woorden)}")


if __name__ == "__main__":
    main(sys.argv[1])
