"""PostgreSQL for the tests: a cluster of its own, in a folder that goes when they end; nothing of any other is touched."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
    Path(each) for each in [shutil.which("initdb")] if each
]


@contextmanager
def server() -> Iterator[str]:
    """The address of a cluster that listens on a socket alone."""
    folder = Path(mkdtemp(prefix="pg"))
    user = _user()
    if user:
        shutil.chown(folder, user)
    bin = FOUND[-1].resolve().parent
    data = str(folder / "data")
    try:
        _run([str(bin / "initdb"), "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C"], user)
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        _run([str(bin / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"], user)
        try:
            yield f"host={folder} user=tester dbname=postgres"
        finally:
            _run([str(bin / "pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder)


def _user() -> str | None:
    """Who runs it: the server refuses to be run by root."""
    if os.geteuid() != 0:
        return None
    return next((each.pw_name for each in pwd.getpwall() if each.pw_name in {"postgres", "nobody"}), None)


def _run(command: list[str], user: str | None) -> None:
    done = subprocess.run(
        command, user=user, capture_output=True, text=True, check=False, cwd="/", start_new_session=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
