"""Which party a name means: built-in names, those of the register, and answers."""

from collections import defaultdict

from agreements.models import Party, PartyAlias, PartyName
from culturecoop.countrynames.builtin import builtin
from culturecoop.countrynames.keys import key, pieces
from culturecoop.countrynames.meanings import has_ended, meant
from culturecoop.texts import folded


class PartyNames:
    """Which codes a name means, over one import.

    What an editor answered goes before the register, and that before the built-in names. A name
    that fits two parties is not known, nor is one whose answer is a code of nobody. The date of
    an agreement tells what “Yugoslavia” means, where only one state was called so then. `new` holds
    {code: {"kind": …, "name": …}} of the codes found so far that the register does not have.
    """

    def __init__(self):
        # The codes, {key of a name: code}, and the names with commas as they are written.
        self._codes, self._keys, self._listed = _register()
        self._builtin = builtin()
        self._answers = {}
        self._taught, self._taught_keys = {}, {}
        self._found = {}
        self.new = {}

    def find(self, name, date=""):
        """Return the codes that the name means (answers can mean several, or none), or None.

        `date` is that of the agreement; without one a name means what it usually does.
        """
        if date and self.is_dated(name):
            return self._on(name, date)
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def find_number(self, text, date=""):
        """Return the codes that a number of ISO 3166 means, also without its zeros: 4 is 004.

        What an editor answered for a number, or a name among the numbers, counts as for any name.
        """
        if not text.isdecimal() or folded(text) in self._answers:
            return self.find(text, date)
        code = self._builtin.numbers.get(text.zfill(3))
        if code is None:
            return None
        code = self._own_code(code)
        self._note(code)
        return (code,)

    def is_dated(self, name):
        """Whether the date of an agreement can tell which party is called so."""
        words = key(name)
        codes = {meaning.code for meaning in self._builtin.meanings.get(words, ())}
        return bool(codes) and (words not in self._keys or self._keys[words] in codes)

    def _on(self, name, date):
        """Return the codes that a name means on a date; None where it can be two parties, or none.

        What an editor answered counts as long as there was this party.
        """
        meanings, answer = self._builtin.meanings[key(name)], self._answers.get(folded(name))
        if answer is not None and not has_ended(meanings, answer, date):
            return self.find(name)
        codes = [self._own_code(code) for code in meant(meanings, date)]
        if len(codes) != 1:
            return None
        self._note(*codes)
        return tuple(codes)

    def is_shared(self, name):
        """Whether it is usual to call several parties so, and an editor may answer row by row."""
        return key(name) in self._builtin.unclear or self.is_dated(name)

    def is_of_several(self, name):
        """Whether several parties of the register are called so."""
        return self._keys.get(key(name), "") is None

    def teach(self, names=None, new=None):
        """Take answers: {name: [codes]}, and {code: {"kind", "name"}} of codes to be made."""
        self._answers |= {folded(name): tuple(codes) for name, codes in (names or {}).items()}
        self._taught |= new or {}
        self._taught_keys = {key(row["name"]): code for code, row in self._taught.items()}
        self._listed |= {folded(row["name"]) for row in self._taught.values()}
        self._found.clear()

    def _look_up(self, name):
        codes = self._answers.get(folded(name))
        if codes is None or not all(map(self._can_be, codes)):
            code = self._code_of(name.strip())
            codes = None if code is None else (code,)
        for code in codes or ():
            self._note(code)
        return codes

    def _code_of(self, name):
        """Codes are taken as they are written; names by their words."""
        words = key(name)
        if self._is_code(name):
            return name if self._builtin.keys.get(words, name) == name else self._keys.get(words)
        for known in (self._keys, self._taught_keys):
            if words in known:
                return None if self._is_list(name) else known[words]
        code = self._builtin_code(name, words)
        return None if code is None or self._is_list(name) else self._own_code(code)

    def _is_code(self, name):
        return name in self._codes or name in self._taught

    def _can_be(self, code):
        """Whether it is a party, or known well enough to be made one."""
        return self._is_code(code) or code in self._builtin.new

    def _builtin_code(self, name, words):
        """Return the code that it is or names; None where those are two: "EC" is also Ecuador."""
        codes = {self._builtin.codes.get(name), self._builtin.keys.get(words)} - {None}
        return codes.pop() if len(codes) == 1 else None

    def _is_list(self, name):
        """Whether "Serbia, Montenegro" is two names; "Hong Kong, China" is written so as one."""
        parts = pieces(name)
        return (
            bool(parts)
            and folded(name) not in self._builtin.listed
            and folded(name) not in self._listed
            and all(self._code_of(part.strip()) for part in parts)
        )

    def _own_code(self, code):
        """Return the register's code of a country that it has under another code."""
        if code in self._codes:
            return code
        name = self._builtin.new[code]["name"]
        return (name and self._keys.get(key(name))) or code

    def _note(self, code):
        if code not in self._codes:
            row = self._taught.get(code) or self._builtin.new.get(code)
            self.new[code] = dict(row or {"kind": "country", "name": ""})


def _register():
    """Return the codes of the register, {key of a name: code, or None where it fits two}, lists.

    Lists are the names that hold what stands between the names of a list, as they are written.
    """
    rows = [
        *Party.objects.values_list("code", "name"),
        *PartyName.objects.values_list("party__code", "name"),
        *PartyAlias.objects.values_list("party__code", "alias"),
    ]
    found = defaultdict(set)
    for code, name in rows:
        found[key(name)].add(code)
    found.pop("", None)
    keys = {name: next(iter(c)) if len(c) == 1 else None for name, c in found.items()}
    lists = {folded(name) for _code, name in rows if pieces(name)}
    return {code for code, _name in rows}, keys, lists
