"""Passwords that hold the name of their account."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONG_NAME = 4  # letters; a shorter name may be a part of an ordinary word
LETTERS_BESIDE = 8  # that a password with a short name in it has besides


class NameValidator:
    """Refuses a password that contains a name of its account.

    Django's UserAttributeSimilarityValidator compares the whole of both, so that "anna" may have
    "anna-summer-2026". NIST SP 800-63B-4, 3.1.1.2: derivatives of the user name are blocked.
    """

    attributes = ("username", "first_name", "last_name", "email")

    def validate(self, password, user=None):
        folded = fold(password)
        for name in self._names(user):
            if name in folded and (len(name) >= LONG_NAME or _little_besides(folded, name)):
                raise ValidationError(self.get_help_text(), code="password_has_name")

    def get_help_text(self):
        return _("Your password can’t contain your user name, your names or your e-mail address.")

    def _names(self, user):
        texts = (getattr(user, name, "") or "" for name in self.attributes)
        words = {word for text in texts for word in re.split(r"[\W_]+", fold(text))}
        return {word for word in words if len(word) > 1}


def fold(text):
    """The text without accents and case."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def _little_besides(password, name):
    return sum(c.isalpha() for c in password.replace(name, "")) < LETTERS_BESIDE
