"""How numbers in collections are written: what cannot be one is told.

- CELEX: sector, year, kind and number, 31996E0278 (eur-lex.europa.eu, “CELEX numbers”);
- ELI: an address with /eli/ in it (OJ C 325, 26.10.2012, p. 3);
- OJ: a series and a number, “L 127, 14.5.2011, p. 6”, in any language;
- UNTS: the number of registration, “I-54321”, or volume and page, “1155 UNTS 331”.

Only what no collection could have given is refused: older and rarer forms are many.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_CELEX = re.compile(
    r"""(?:CELEX[: ]\s*)?(?:
        [2-6](?:19|20)\d\d[A-Z]{1,2}\d{4,6}  # sector, year, kind, number
        |[01789E](?:19|20)\d\d[A-Z]{1,2}(?:\d{1,6}[A-Z]?)?(?:/\w+)*(?:-\w+)?
        |C(?:19|20)\d\d/\d+[A-Z]?/\d+[A-Z]?  # an announcement in the series C
    )
    (?:_SUM)?(?:R?\(\d\d\))*(?:-\d{8})?(?:[A-Z]{3}(?:_\d+)?)?  # another one, a version, a country
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ELI = re.compile(r"(?:ELI: ?)?\S*\beli/\S+", re.IGNORECASE)
_OJ = re.compile(
    r".*\b[ALCPS][AEIM]?(?:\b|(?=[\d_])).*\d.*|.*\b[^\W\d_]{1,}[.°]?\s+\d.*", re.IGNORECASE
)
#: A number of three parts, a day, is none; nor is one that a program has shortened.
_UNTS = re.compile(
    r"(?!\d{1,4}[-./](?:\d{1,2}|[^\W\d_]{3,4})[-./]\d+$|\d{1,2}-[^\W\d_]{3,4}$"
    r"|[^\W\d_]{3,4}-\d\d$|.*\dE\+|\d+[.,]\d{1,2}$).*\d.*",
    re.IGNORECASE,
)
#: {collection: (how its numbers are written, two of them)}
WRITTEN = {
    "celex": (_CELEX, "31996E0278, 22007A1222(01)"),
    "eli": (_ELI, "http://data.europa.eu/eli/dec/2011/265/oj"),
    "oj": (_OJ, "L 127, 14.5.2011, p. 6"),
    "unts": (_UNTS, "I-54321, 1155 UNTS 331"),
}


def check(scheme: str, number: str) -> None:
    """Raise ValidationError for a number that the collection cannot have given."""
    if scheme not in WRITTEN or not number:
        return
    pattern, examples = WRITTEN[scheme]
    if not pattern.fullmatch(" ".join(number.split())):
        raise ValidationError(
            _("“%(number)s” cannot be a number of this collection. It has such as %(examples)s.")
            % {"number": number, "examples": examples}
        )
