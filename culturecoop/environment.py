"""The environment variables of the site: all faults in them are reported at once, one line each.

The functions here are validators for environs. Each says what the variable should be.
"""

import errno
import json
import os
import re
from ipaddress import IPv6Address
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.management.utils import get_random_secret_key
from environs import Env, EnvValidationError, validate
from environs import ValidationError as Wrong

from .storage import alone_in, make_folder, write_new

DAY = 24 * 60 * 60
HOST = re.compile(r"\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
ORIGIN = re.compile(r"https?://[^/\s?#]+", re.IGNORECASE)
# With neither a password, which would not be sent, nor letters that are not sent as they are.
ADDRESS = re.compile(r"https?://[a-z0-9_.:\[\]-]+([/?][!-~]*)?", re.IGNORECASE)
LABEL = "[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?"
#: The name of a host, or its number, and perhaps a port, as they stand in an address.
PLACE = re.compile(rf"({LABEL}(\.{LABEL})*\.?|\[(?P<six>[0-9a-f:.]+)\])(:[0-9]*)?", re.IGNORECASE)
HEADER = re.compile(r"[a-z0-9_-]+: ?[!-~]([ -~]*[!-~])?", re.IGNORECASE)
HALVES = re.compile("[\ud800-\udfff]")  # as bytes that are no UTF-8 are read
KEY_LENGTH = 32
ENGINES = ("django.db.backends.postgresql", "django.db.backends.sqlite3")
# How environs says it, and how we do.
PLAINLY = {
    "Not a valid integer.": "it should be a whole number.",
    "Not a valid boolean.": "it should be true or false.",
    "Not a valid database URL.": "it should be postgres://user:password@host:5432/name.",
}


class Environment(Env):
    """Reads on after a fault, so that all of them are reported together, by `refuse_wrong`."""

    def __init__(self):
        super().__init__(eager=False)

    def database(self, name, default):
        """The DATABASES entry of an address; that of the default as long as it is wrong."""
        parsed = self.dj_db_url(name, default)
        fault = parsed and _fault_of(parsed)
        if fault:
            self.note(name, fault)
        return Env().dj_db_url("", default) if fault or parsed is None else parsed

    def makes_folder(self, name, root, below):
        """Return whether `root` can keep what changes; note why where it cannot."""
        if not root.is_absolute():
            self.note(name, f"“{root}” should be a whole path, such as /srv/culturecoop.")
            return False
        try:
            make_folder(below)
            if not os.access(root, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, "the service may not write there")
        except OSError as error:
            self.note(name, f"“{root}” should be a folder to write in ({error.strerror}).")
            return False
        return True

    def kept_key(self, name, path):
        """Return the key that was made once and is kept at `path`: one, whoever starts at once."""
        try:
            if not _is_written(path):
                with alone_in(path.parent):
                    if not _is_written(path):
                        path.unlink(missing_ok=True)  # a full disk left an empty file
                        write_new(path, get_random_secret_key())
            return path.read_text()
        except OSError as error:
            self.note(name, f"it cannot be kept in VAR_ROOT ({error.strerror}).")
            return ""

    def note(self, name, fault):
        """Report one more fault at the end."""
        self._errors[name].append(fault)

    def refuse_wrong(self):
        """End the process when a variable is wrong: each on a line, with what it should be."""
        for name in self._fields.keys() - self._errors.keys():
            if HALVES.search(os.environ.get(name, "")):
                self.note(name, "it should be text in UTF-8.")
        try:
            self.seal()
        except EnvValidationError as error:
            found = error.error_messages.items()
            lines = (f"{name}: {PLAINLY.get(m, m)}" for name, faults in found for m in faults)
            raise SystemExit("\n".join(lines)) from None


def _is_written(path):
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False


def _fault_of(entry):
    """What is wrong with an entry of DATABASES; "" when nothing is."""
    if entry["ENGINE"] not in ENGINES or not entry["NAME"]:
        return "it should be postgres://user:password@host:5432/name."
    is_file = entry["ENGINE"].endswith("sqlite3") and entry["NAME"] != ":memory:"
    if is_file and not os.path.isabs(entry["NAME"]):
        return "it should have the whole path, such as sqlite:////srv/culturecoop/db.sqlite3."
    return ""


def hosts(names):
    """Names of hosts, without scheme, port or path; never all that there are."""
    if not names:
        raise Wrong("it should be the names of the site, such as www.example.org.")
    for name in names:
        if not HOST.fullmatch(name):
            raise Wrong(f"“{name}” should be a name alone, such as www.example.org.")


def origins(addresses):
    """Addresses of sites with their scheme."""
    for address in addresses:
        if not ORIGIN.fullmatch(address):
            raise Wrong(f"“{address}” should be an origin, such as https://www.example.org.")


def web_address(address):
    """An address that is asked for something."""
    try:
        fits = not address or (ADDRESS.fullmatch(address) and _is_placed(urlsplit(address)))
    except ValueError:  # an address in brackets that is none
        fits = False
    if not fits:
        raise Wrong("it should be an address, such as https://cache.example.org/purge.")


def headers(lines):
    """Headers of a request. None is repeated: they have passwords."""
    for number, line in enumerate(lines, start=1):
        if not HEADER.fullmatch(line):
            raise Wrong(f"header {number} should be Name: value; between two stands a comma.")


def json_text(text):
    """A text in JSON, or none."""
    try:
        json.loads(text or "{}")
    except ValueError:
        raise Wrong('it should be JSON, such as {"purge_everything": true}.') from None


def redis(address):
    """The address of a database of Redis; nothing of it is repeated, as it may have a password."""
    if address and not _is_of_redis(address):
        raise Wrong("it should be redis://user:password@host:6379/0, or rediss:// with TLS.")


def _is_of_redis(address):
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    known = parts.scheme in ("redis", "rediss") and not parts.query and not parts.fragment
    return known and _is_placed(parts) and re.fullmatch(r"/?[0-9]*", parts.path) is not None


def _is_placed(parts):
    """Whether an address has a host that can be one, and a port that can, or none."""
    place = PLACE.fullmatch(parts.netloc.rpartition("@")[2])
    try:
        if place and place["six"]:
            IPv6Address(place["six"])
        return place is not None and parts.port != 0
    except ValueError:  # a number that is none
        return False


def at_least(number):
    """A whole number that is not less."""
    return validate.Range(min=number, error="it is {input} and should be {min} or more.")


def between(least, most):
    """A whole number that is neither less nor more."""
    no_more = validate.Range(max=most, error="it is {input} and should be {max} or less.")
    return validate.And(at_least(least), no_more)


def one_of(*words):
    """One of a few words."""
    return validate.OneOf(words, error="“{input}” should be one of: {choices}.")


def time_zone(name):
    """A zone that this machine knows."""
    if name not in available_timezones():
        raise Wrong(f"“{name}” should be a time zone, such as Europe/Brussels.")


def secret_key(key):
    """A key that nobody guesses; empty stands for the one that the site makes."""
    if key and len(key) < KEY_LENGTH:
        raise Wrong(f"it has {len(key)} characters and should have 50, at least {KEY_LENGTH}.")


def code(text):
    """A code that says something."""
    if not text.strip():
        raise Wrong("it should be the code of the party whose register this is, such as EU.")
