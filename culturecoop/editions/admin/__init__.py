"""The admin of everything that is published in editions.

`EditionAdmin` is the list, the form and the buttons of the editions; `IdentityAdmin` the stable
address of what they are editions of, and the form of its slug and place. An app derives both.
"""

from .answers import shared_questions
from .dateinput import DATE_ADDRESS, said_date
from .edition import EditionAdmin
from .forms import SeenField, TogetherForm
from .identity import IdentityAdmin, address_tool
from .lists import LanguageFilter, MineFilter, StateFilter
from .parts import KnownChoice, KnownChoiceMixin, PartFormSet, PartInline, only_adding
from .publiclinks import public_links
from .saving import EditionForm
from .together import LABELS, publish_few, published
from .upkeep import UpkeepFilter

__all__ = [
    "DATE_ADDRESS", "LABELS", "EditionAdmin", "EditionForm", "IdentityAdmin", "KnownChoice",
    "KnownChoiceMixin", "LanguageFilter", "MineFilter", "PartFormSet", "PartInline",
    "SeenField", "StateFilter", "TogetherForm", "UpkeepFilter", "address_tool", "only_adding",
    "public_links", "publish_few", "published", "said_date", "shared_questions",
]  # fmt: skip
