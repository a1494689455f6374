"""The admin of everything that is published in editions.

`EditionAdmin` is the list, the form and the buttons of the editions; `IdentityAdmin` the stable
address of what they are editions of, and the form of its slug and place. An app derives both.
"""

from .answers import shared_questions
from .comparison import compared_with
from .dateinput import DATE_ADDRESS, said_date
from .draftforms import SeenField
from .edition import EditionAdmin
from .forms import TogetherForm
from .identity import IdentityAdmin, address_tool
from .lists import LanguageFilter, MineFilter, ReviewFilter, StateFilter
from .parts import KnownChoice, KnownChoiceMixin, PartFormSet, PartInline, only_adding
from .publiclinks import public_links
from .reviewforms import APPROVING_ALL, override_field
from .saving import EditionForm
from .together import LABELS, publish_few, published
from .upkeep import UpkeepFilter

__all__ = [
    "APPROVING_ALL", "DATE_ADDRESS", "LABELS", "EditionAdmin", "EditionForm", "IdentityAdmin",
    "KnownChoice", "KnownChoiceMixin", "LanguageFilter", "MineFilter", "PartFormSet", "PartInline",
    "ReviewFilter", "SeenField", "StateFilter", "TogetherForm", "UpkeepFilter", "address_tool",
    "compared_with", "only_adding", "override_field", "public_links", "publish_few", "published",
    "said_date", "shared_questions",
]  # fmt: skip
