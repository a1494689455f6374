"""What readers and editors ask of a register: every list, filter, order, search and deep page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from .shares import (
    COMMON_PARTY,
    COMMON_WORD,
    FREQUENT_WORD,
    RARE_PARTY,
    RARE_WORD,
    SOME_PARTY,
    SOME_WORD,
)

PAGE = "/agreements/agreement-00500/"
LIST = "/agreements/"
ADMIN = "/admin/agreements/"
EDITIONS = f"{ADMIN}agreementedition/"
LAST = "9999"  # no such page is there: the last one is shown
FREQUENT_THEME, SOME_THEME, RARE_THEME = "theme-1", "theme-2", "theme-3"
EIGHT_WORDS = "in and on of no to the by"
TITLE_WORDS = f"{FREQUENT_WORD} in film and music"


@dataclass(frozen=True)
class Case:
    """A request, and what its time may be of an agreement's page; None: only its growth counts."""

    name: str
    path: str
    limit: int | None = 2
    grows: int | None = 2  # how many times as long it may take with the larger register
    signed_in: bool = False
    full: str = ""  # the same with values that fill a page of the small register too

    def at(self, count):
        """The address at a site with so many agreements."""
        return self.path.format(middle=count // 2000)


def cases():
    yield Case("agreement's page", PAGE)
    yield from asked(LIST, "list", LISTS)
    yield from asked(f"/de{LIST}", "list in German", {"": {}, "by title": {"sort": "title"}})
    for name, words in WORDS.items():
        often = {"limit": 4, "grows": None} if name in OFTEN else {}
        full = FREQUENT_WORD if name in FEW else ""
        listed = {"full": full and f"{LIST}?words={full}", **often}
        found = {"full": full and f"/search/?q={full}", **often}
        yield from asked(LIST, "list", {f"words {name}": {"words": words}}, **listed)
        yield from asked("/search/", "search", {name: {"q": words}}, **found)
    yield from asked("/", "home", {"": {}, "of a day": {"on": "2012-12-31"}})
    yield from asked(f"/parties/{RARE_PARTY}/", "party's page", {"rare": {}})
    yield from asked(f"/parties/{COMMON_PARTY}/", "party's page", {"common": {}})
    yield from asked("/parties/EU/", "party's page", {"own": {}})
    yield Case("sitemap", "/sitemap.xml")
    yield Case("sitemap, a file", "/sitemap-agreements-{middle}.xml")
    editors = {"limit": None, "signed_in": True}
    for name, query in ADMIN_LISTS.items():
        full = f"{EDITIONS}?{urlencode(FULL[name])}" if name in FULL else ""
        yield from asked(EDITIONS, "admin list", {name: query}, full=full, **editors)
    for name, words in WORDS.items():
        full = f"{EDITIONS}?q={FREQUENT_WORD}" if name in FEW_LISTED else ""
        yield from asked(EDITIONS, "admin search", {name: {"q": words}}, full=full, **editors)
    yield from asked(f"{ADMIN}party/", "admin parties", {"": {}}, **editors)


def asked(path, what, queries, **kwargs):
    """Yield a case for each of `queries` {name: query}."""
    for name, query in queries.items():
        address = f"{path}?{urlencode(query)}" if query else path
        yield Case(f"{what}, {name}" if name else what, address, **kwargs)


LISTS = {
    "": {},
    "party own": {"party": "EU"},
    "party common": {"party": COMMON_PARTY},
    "party some": {"party": SOME_PARTY},
    "party rare": {"party": RARE_PARTY},
    "kind frequent": {"kind": "agreement"},
    "kind common": {"kind": "exchange_of_letters"},
    "kind some": {"kind": "declaration"},
    "theme frequent": {"theme": FREQUENT_THEME},
    "theme some": {"theme": SOME_THEME},
    "theme rare": {"theme": RARE_THEME},
    "status frequent": {"status": "in_force"},
    "status common": {"status": "terminated"},
    "status some": {"status": "abandoned"},
    "status ending": {"status": "ending"},
    "status of nothing": {"status": "none"},
    "years, one": {"year_from": "1975", "year_to": "1975"},
    "years, most": {"year_from": "1970"},
    "years, until": {"year_to": "1961"},
    "day, early": {"on": "1961-01-01"},
    "day, middle": {"on": "1990-06-15"},
    "day, late": {"on": "2040-01-01"},
    "oldest first": {"sort": "oldest"},
    "by title": {"sort": "title"},
    "oldest, kind some": {"sort": "oldest", "kind": "declaration"},
    "by title, party common": {"sort": "title", "party": COMMON_PARTY},
    "by title, theme frequent": {"sort": "title", "theme": FREQUENT_THEME},
    "by title, status some": {"sort": "title", "status": "abandoned"},
    "by title, of a day": {"sort": "title", "on": "1990-06-15"},
    "status, party": {"status": "in_force", "party": COMMON_PARTY},
    "status, kind, theme": {"status": "signed", "kind": "protocol", "theme": FREQUENT_THEME},
    "kind some, theme some": {"kind": "declaration", "theme": SOME_THEME},
    "party, day, years": {"party": "EU", "on": "1990-06-15", "year_from": "1980"},
    "all filters": {
        "status": "in_force", "party": "EU", "kind": "agreement", "theme": FREQUENT_THEME,
        "on": "2015-06-15", "year_from": "1970", "year_to": "2010", "sort": "title",
    },
    "nothing found": {"kind": "declaration", "status": "abandoned", "party": RARE_PARTY},
    "page 2": {"page": "2"},
    "last page": {"page": LAST},
    "last page, oldest first": {"page": LAST, "sort": "oldest"},
    "last page, by title": {"page": LAST, "sort": "title"},
    "last page, theme frequent": {"page": LAST, "theme": FREQUENT_THEME},
    "last page, by title, status": {"page": LAST, "sort": "title", "status": "in_force"},
}  # fmt: skip

#: Words that few of a thousand agreements have, but a full page of the larger register.
FEW = ("a number",)
FEW_LISTED = ("eight short", "of titles", "a number", "a party")
#: Words that most agreements have.
OFTEN = ("frequent", "eight short", "of titles")
WORDS = {
    "rare": RARE_WORD,
    "some": SOME_WORD,
    "common": COMMON_WORD,
    "frequent": FREQUENT_WORD,
    "eight short": EIGHT_WORDS,
    "of titles": TITLE_WORDS,
    "a number": "No 777",
    "a party": "Japan",
    "not there": "zebra",
}

ADMIN_LISTS = {
    "": {},
    "drafts": {"state": "draft"},
    "live": {"state": "live"},
    "scheduled": {"state": "scheduled"},
    "mine": {"mine": "1"},
    "theme": {"themes__id__exact": "2"},
    "status frequent": {"status": "in_force"},
    "status some": {"status": "abandoned"},
    "kind some": {"kind__exact": "declaration"},
    "party common": {"party": COMMON_PARTY},
    "party rare": {"party": RARE_PARTY},
    "text language": {"language": "de"},
    "page 2": {"p": "2"},
    "status, kind, party": {
        "status": "in_force", "kind__exact": "protocol", "party": COMMON_PARTY,
    },
}  # fmt: skip

#: Of a thousand agreements these lists have few rows or none, and a full page of the larger.
FULL = {
    "scheduled": {"state": "live"},
    "status some": {"status": "in_force"},
    "kind some": {"kind__exact": "agreement"},
    "status, kind, party": {"status": "in_force", "kind__exact": "agreement", "party": "EU"},
}
