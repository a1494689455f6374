"""Every page of the admin leads back to the desk by its one name."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from culturecoop.documents.models import Document


@pytest.fixture
def addresses(db):
    document = Document.objects.create(slug="report", title="Report")
    user = get_user_model().objects.create_user("maria")
    return [
        reverse("admin:documents_document_changelist"),
        reverse("admin:documents_document_add"),
        reverse("admin:documents_document_change", args=[document.pk]),
        reverse("admin:documents_document_delete", args=[document.pk]),
        reverse("admin:documents_document_history", args=[document.pk]),
        reverse("admin:agreements_agreementedition_changelist"),
        reverse("admin:auth_user_history", args=[user.pk]),
        reverse("admin:auth_user_password_change", args=[user.pk]),
        reverse("admin:app_list", args=["documents"]),
        reverse("admin:password_change"),
    ]


def test_the_way_begins_at_the_desk(admin_client, addresses):
    for address in addresses:
        response = admin_client.get(address)
        assert response.status_code == 200, address
        way = response.content.decode().split('<div class="breadcrumbs">')[1].split("</div>")[0]
        assert ">Desk</a>" in way, address
