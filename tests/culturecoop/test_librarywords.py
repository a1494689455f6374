"""What libraries say in the admin is in the language of whoever works there."""

import re
from pathlib import Path

import content_editor.admin
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from agreements.models import Party
from culturecoop import librarywords

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_block_editor_is_translated(language):
    """Also one that a new version of it brings along."""
    source = Path(content_editor.admin.__file__).read_text(encoding="utf-8")
    words = re.findall(r'": gettext\(\s*"([^"]+)"', source)
    assert set(words) == set(librarywords.BLOCK_EDITOR)
    with translation.override(language):
        assert [word for word in words if translation.gettext(word) == word] == []


@pytest.mark.django_db
def test_the_list_of_parties_has_a_name_as_its_first_column(admin_client):
    page = reverse("admin:agreements_party_changelist")
    Party.objects.create(code="ZZ", name="Zedland")
    shown = admin_client.get(page, headers={"accept-language": "de"}).content.decode()
    assert "isplay name" not in shown
    assert '<div class="text"><span>Name</span></div>' in shown
    assert 'class="field-name_column"' in shown


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_forms_of_accounts_say_nothing_in_english(admin_client, admin_user, language):
    pages = [
        reverse("admin:auth_user_add"),
        reverse("admin:auth_user_change", args=[admin_user.pk]),
        reverse("admin:auth_user_password_change", args=[admin_user.pk]),
    ]
    shown = ""
    for page in pages:
        answer = admin_client.get(page, headers={"accept-language": language})
        assert answer.status_code == 200
        shown += answer.content.decode()
    assert [word for word in librarywords.ACCOUNTS if word in shown] == []
    assert "If disabled" not in shown
