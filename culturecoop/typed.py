"""What was typed into a form that was refused: shown to its author, for copying."""

import re
from dataclasses import dataclass
from math import ceil

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

UNREADABLE = (OSError, BadRequest, SuspiciousOperation, MultiPartParserError)
ROW = re.compile(r"[0-9]{1,6}")
HALF = re.compile(r"_[01]\Z")  # of a field that has two, such as a day and an hour
TEMPLATE_ROW = "-__prefix__-"
COLUMNS = 32  # signs of a line on a narrow screen


@dataclass(frozen=True)
class Text:
    """What was typed into a field, and what editors call that."""

    name: str
    text: str

    @property
    def label(self):
        """The name of the field, in the language of the reader where it is known, and its row."""
        *places, word = HALF.sub("", self.name).split("-")
        row = next((f" {int(place) + 1}" for place in places if ROW.fullmatch(place)), "")
        words = word.replace("_", " ")
        return capfirst(gettext(words) if words else self.name) + row

    @property
    def rows(self):
        """Lines of a box that shows all of it."""
        return sum(ceil(len(line) / COLUMNS) or 1 for line in self.text.splitlines()) or 1


def typed(request):
    """What an editor had posted: {"posted": [(name, value)], "texts": [Text], …}, or {}.

    "files" is whether there were any, "here" the address. Passwords are never shown.
    """
    if request.method != "POST" or not _is_of_an_editor(request):
        return {}
    try:
        posted = pairs(request.POST)
        files = bool(request.FILES) or hasattr(request, "upload_fault")
    except UNREADABLE:
        return {}
    if any("password" in name for name, _value in posted):
        return {}
    here = request.get_full_path()
    return {"posted": posted, "texts": texts(posted), "files": files, "here": here}


def _is_of_an_editor(request):
    """Sessions are in the database, which may be away: the cookie has to do."""
    return has_session(request) and request.path_info.startswith(reverse("admin:index"))


def has_session(request):
    """Return whether the visitor has the cookie of a session, which is not looked up."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def pairs(query):
    """[(name, value)] of a QueryDict."""
    return [(name, value) for name, values in query.lists() for value in values]


def texts(posted):
    """The Texts of what is worth reading: not the marks by which a form works."""
    return [Text(name, value) for name, value in posted if _is_shown(name, value.strip())]


def _is_shown(name, value):
    """A number alone is worth it only as a year: others count the rows of a form, or name one."""
    of_the_form = name.startswith(("_", "csrf")) or name.endswith("_FORMS")
    number = value.isdecimal() and len(value) != len("2012")
    return bool(name and value) and not (of_the_form or number or TEMPLATE_ROW in name)
