"""What the admin gives on every page, whatever is edited there."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize(("language", "words"), [("de", "Link bearbeiten"), ("fr", "lien")])
def test_the_scripts_of_the_editors_find_their_words(admin_client, language, words):
    response = admin_client.get(reverse("admin:jsi18n"), HTTP_ACCEPT_LANGUAGE=language)
    catalogue = response.content.decode()
    assert '"Edit Link"' in catalogue
    assert words in catalogue
