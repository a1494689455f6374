"""Our site and its peer, each with an environment, a database and files of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .measuring import RESULTS
from .web_servers import granian

ROOT = RESULTS.parent.parent
PINS = Path(__file__).with_name("peer") / "requirements.txt"
PASSED_ON = ("HOME", "LANG", "PATH", "TMPDIR")  # of our environment
CONTENT = "from bench.web_content import write; write()"


@dataclass
class Site:
    """A site that is not served yet. Its variables are added to with `kept` where it keeps pages.

    `content` is what it says, as bench/web_content.py tells it.
    """

    python: Path
    application: str
    variables: dict
    kept: dict
    rendered: dict
    content: dict | None = None

    def served(self, keeps=True):
        """A server of it, which keeps pages or renders each."""
        more = self.kept if keeps else self.rendered
        return granian(self.python, self.application, cwd=ROOT, env=self._environment(more))

    def run(self, *command):
        """Run a module on it; returns what it prints."""
        command = [str(self.python), "-m", *command]
        environment = self._environment(self.kept)
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, text=True, stdout=subprocess.PIPE
        )
        return done.stdout

    def _environment(self, more):
        inherited = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        own = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        return inherited | own | self.variables | more


def made(stack, folder, server, python):
    """Make (our site, its peer), in new databases of a PostgreSQL server, or on SQLite."""
    ours, peer = (folder / name for name in ("ours", "peer"))
    ours.mkdir(), peer.mkdir()
    addresses = [_database(stack, server, name) if server else "" for name in ("web", "peer")]
    site = our_site(ours, addresses[0])
    return site, peer_site(peer, addresses[1], python, site.content)


def our_site(folder, database):
    """Our site with the settings of production and the demonstration."""
    variables = {
        "DJANGO_SETTINGS_MODULE": "culturecoop.settings",
        "VAR_ROOT": str(folder),
        "SECRET_KEY": "for measuring alone, and on this machine alone, so it may be known",
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "false",
        "FOUR_EYES": "false",
        "BEHIND_PROXY": "true",
        "MALLOC_ARENA_MAX": "2",
    }
    if database:
        variables["DATABASE_URL"] = database
    application = "culturecoop.wsgi:application"
    site = Site(Path(sys.executable), application, variables, {}, {"PAGE_CACHE_BYTES": "0"})
    site.run("django", "migrate", "-v0")
    site.run("django", "load_demonstration")
    site.run("django", "collectstatic", "--no-input", "-v0")
    site.content = json.loads(site.run("django", "shell", "--no-imports", "-c", CONTENT))
    return site


def peer_site(folder, database, python, content):
    """The site built with Wagtail, which says the same."""
    variables = {
        "DJANGO_SETTINGS_MODULE": "bench.peer.settings",
        "PEER_ROOT": str(folder),
        "PEER_DATABASE": database,
    }
    written = folder / "content.json"
    written.write_text(json.dumps(content), encoding="utf-8")
    site = Site(python, "bench.peer.wsgi:application", variables, {"PEER_CACHE": "1"}, {}, content)
    site.run("django", "migrate", "-v0")
    site.run("bench.peer.fill", str(written))
    return site


def environment(folder=RESULTS / "wagtail"):
    """Return the Python of an environment with the packages of the peer; made when pins change."""
    python, known, pins = folder / "bin" / "python", folder / "pins.txt", PINS.read_text()
    if known.exists() and known.read_text() == pins:
        return python
    print("Installing the packages of the peer (once; about a minute) …", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    install = ["pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--no-deps"]
    subprocess.run([str(python), "-m", *install, "-r", str(PINS)], check=True)
    known.write_text(pins)
    return python


def _database(stack, server, name):
    """Make a database beside the one that an address names, as long as the stack stands."""
    import psycopg
    from psycopg import sql

    address = urlsplit(server)
    place = address._replace(path=f"{address.path}_{name}").geturl()
    wanted = sql.Identifier(f"{address.path.lstrip('/')}_{name}")
    connection = psycopg.connect(address._replace(path="/postgres").geturl(), autocommit=True)
    stack.enter_context(connection)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(wanted)
    connection.execute(drop)
    connection.execute(sql.SQL("CREATE DATABASE {}").format(wanted))
    stack.callback(connection.execute, drop)
    return place
