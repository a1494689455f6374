"""Which answers of an editor are true of every file, and not only of this one."""

from .builtin import builtin
from .keys import key

# Words for a kind of state, which name none: "Korea, Republic of" is still a Korea.
_GENERAL = """
    north south east west northern southern eastern western democratic republic peoples federal
    islamic socialist soviet kingdom state states union other others members countries
"""
GENERAL = frozenset(_GENERAL.split())


def holds_everywhere(name, code):
    """Return whether `name` may be kept as another name of the party `code`.

    Not when it usually means another party ("Palestine" in a file about the mandate), and not
    when it is a part of the names of several ("Korea", "Congo", "Republic of") or a number: the
    next file means another.
    """
    words = key(name)
    if words in builtin().meanings:
        return False
    usual = builtin().keys.get(words)
    if usual is not None:
        return usual == code
    bare = {word for word in words.split() if not word.isdecimal()} - GENERAL
    if not bare or words in builtin().unclear:
        return False
    others = {found for known, found in builtin().keys.items() if bare <= set(known.split())}
    return len(others) < 2
