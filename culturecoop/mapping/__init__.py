"""Mappings: how the columns of a foreign sheet become the columns of one of our resources.

`mappings` and `rules` hold its content, in the types of `fields`, which pydantic checks;
`errors` puts in words what is wrong. `files` reads and writes it as TOML, `headings` finds the
table in a sheet, `guessing` proposes a mapping, `translating` turns rows into ours with the rules
that `tables` has compiled. `names` splits cells with several names.
"""

from . import files, guessing, headings, names
from .errors import Invalid
from .mappings import Mapping, usable
from .rules import Rule
from .translating import Translated, Translator

__all__ = [
    "Invalid",
    "Mapping",
    "Rule",
    "Translated",
    "Translator",
    "files",
    "guessing",
    "headings",
    "names",
    "usable",
]
