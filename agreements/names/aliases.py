"""Which answers of an editor are true of every file, and not only of this one."""

from .builtin import builtin
from .keys import key

# What says no more than what kind of state it is: "Korea, Republic of" is still a Korea.
GENERAL = frozenset(("north", "south", "east", "west", "democratic", "republic", "peoples"))


def holds_everywhere(name, code):
    """Whether `name` may be kept as another name of the party `code`.

    Not when it usually means another party ("Palestine" in a file about the mandate), and not
    when it is a part of the names of several ("Korea", "Congo"): the next file means another.
    """
    words = key(name)
    usual = builtin().keys.get(words)
    if usual is not None:
        return usual == code
    bare = set(words.split()) - GENERAL
    others = {
        found for known, found in builtin().keys.items() if bare and bare <= set(known.split())
    }
    return len(others) < 2
