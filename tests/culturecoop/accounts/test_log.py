"""The log: what is kept, who reads it, and that nobody changes it."""

import json
import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from culturecoop.accounts.models import AccountEntry
from tests.forms import export, fields

from .conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db

LISTS = ("accounts_accountentry", "admin_logentry")


def kept(**found):
    """The entries as (kind, who, account, details), the oldest first."""
    entries = AccountEntry.objects.filter(**found).order_by("pk")
    return [(e.kind, e.by and e.by.username, e.name, e.details) for e in entries]


def last(kind):
    return kept(kind=kind)[-1]


def address(name, user):
    return reverse(f"admin:auth_user_{name}", args=[user.pk])


class TestWhatIsKept:
    def test_signing_in_and_out(self, anna):
        client = sign_in("anna", PASSWORD, REMOTE_ADDR="192.0.2.1").client
        client.post("/admin/logout/", REMOTE_ADDR="192.0.2.1")
        assert last("sign_in") == ("sign_in", "anna", "anna", {})
        assert last("sign_out") == ("sign_out", "anna", "anna", {})
        assert {e.address for e in AccountEntry.objects.filter(by=anna)} == {"192.0.2.1"}

    def test_failures_with_the_name_and_never_the_password(self, anna, caplog):
        caplog.set_level(logging.INFO)
        sign_in("nobody\r\nforged", "my secret", REMOTE_ADDR="192.0.2.1")
        assert last("failed")[1:] == (None, "nobody\r\nforged", {})
        lines = [r.getMessage() for r in caplog.records if r.name == "culturecoop.accounts"]
        assert json.loads(lines[-1])["what"] == "failed"
        assert "\n" not in lines[-1]
        everything = str(list(AccountEntry.objects.values())) + caplog.text
        assert "my secret" not in everything

    def test_a_limit_once(self, anna):
        for _number in range(9):
            sign_in("anna", "wrong")
        kinds = [kind for kind, *_rest in kept(name="anna")]
        assert kinds.count("failed") == 5
        assert kinds.count("limit") == 1

    @pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
    def test_exports(self, signed_in, make_agreement, kind):
        client = signed_in("author")
        for slug in ("korea", "japan"):
            make_agreement(slug)
        url = reverse("admin:agreements_agreementedition_export")
        assert export(client, url, kind).status_code == 200
        told = {"sheet": "agreements", "format": kind, "rows": 2}
        assert last("export") == ("export", "author", "", told)

    def test_the_export_of_everything(self, signed_in, make_agreement):
        make_agreement("korea")
        client = signed_in("author")
        url = reverse("admin:spreadsheets_importjob_everything")
        assert client.post(url, {"format": "xlsx", "live": ""}).status_code == 200
        _kind, who, _name, told = last("export")
        assert (who, told["sheet"], told["format"]) == ("author", "everything", "xlsx")
        assert not told["live"]
        assert told["rows"] > 0

    def test_a_new_account_and_its_rights(self, root):
        values = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
        root.post(reverse("admin:auth_user_add"), {"username": "carla", **values})
        rights = {"is_staff": False, "is_superuser": False}
        assert last("created") == ("created", "root", "carla", rights)
        carla = User.objects.get(username="carla")
        author, publisher = (Group.objects.get(name=n).pk for n in ("author", "publisher"))
        form = fields(root.get(address("change", carla)), "user_form")
        root.post(address("change", carla), {**form, "groups": [author], "is_staff": "on"})
        root.post(address("change", carla), {**form, "groups": [publisher], "username": "carla.b"})
        assert kept(name__startswith="carla", kind__in=["rights", "renamed"]) == [
            ("rights", "root", "carla", {"is_staff": True}),
            ("rights", "root", "carla", {"added": ["author"]}),
            ("rights", "root", "carla.b", {"is_staff": False}),
            ("renamed", "root", "carla.b", {"was": "carla"}),
            ("rights", "root", "carla.b", {"removed": ["author"]}),
            ("rights", "root", "carla.b", {"added": ["publisher"]}),
        ]

    def test_a_password_that_it_was_changed_and_not_to_what(self, root, anna):
        new = {"password1": "eighteen grey cranes", "password2": "eighteen grey cranes"}
        root.post(address("password_change", anna), {**new, "usable_password": "true"})
        assert last("password") == ("password", "root", "anna", {})

    def test_signing_in_is_no_change_of_password(self, anna, settings):
        """Django hashes it anew when there is a better way."""
        settings.PASSWORD_HASHERS = [
            "django.contrib.auth.hashers.ScryptPasswordHasher",
            *settings.PASSWORD_HASHERS,
        ]
        sign_in("anna", PASSWORD)
        anna.refresh_from_db()
        assert anna.password.startswith("scrypt")
        assert kept(kind="password") == []

    def test_retirement_and_return(self, root, anna):
        root.post(address("retire", anna))
        root.post(address("reinstate", anna))
        assert [kind for kind, *_rest in kept(name="anna")] == ["created", "retired", "reinstated"]

    def test_the_rights_of_a_group(self, root):
        group = Group.objects.create(name="reviewers")
        right = Permission.objects.get(codename="view_party")
        root.post(
            reverse("admin:auth_group_change", args=[group.pk]),
            {"name": "reviewers", "permissions": [right.pk]},
        )
        told = {"group": "reviewers", "added": ["agreements.view_party"], "removed": []}
        assert last("rights") == ("rights", "root", "", told)

    def test_what_code_does_without_anybody(self, anna):
        Group.objects.get(name="author").user_set.add(anna)
        anna.groups.clear()
        anna.delete()
        assert [(kind, told) for kind, _who, _name, told in kept()][-3:] == [
            ("rights", {"added": ["author"]}),
            ("rights", {"removed": ["author"]}),
            ("deleted", {}),
        ]


class TestWhoReadsIt:
    @pytest.mark.parametrize("name", LISTS)
    def test_administrators(self, signed_in, name):
        url = reverse(f"admin:{name}_changelist")
        assert signed_in("author").get(url).status_code == 403
        assert signed_in("publisher").get(url).status_code == 403
        assert signed_in("administrator").get(url).status_code == 200

    def test_in_words(self, root, anna):
        anna.groups.add(Group.objects.get(name="author"))
        url = reverse("admin:accounts_accountentry_changelist")
        page = root.get(url, {"q": "anna", "kind__exact": "rights"}).content.decode()
        assert "given: author" in page
        assert "account made" not in page.split("<tbody>")[1].split("</tbody>")[0]

    def test_what_was_done_in_the_admin(self, root, anna):
        root.post(address("retire", anna))
        url = reverse("admin:admin_logentry_changelist")
        page = root.get(url, {"q": "anna", "user__id__exact": root.user.pk}).content.decode()
        assert "The account was retired." in page
        assert address("change", anna) in page

    @pytest.mark.parametrize("name", LISTS)
    def test_the_queries_do_not_grow(self, root, anna, django_assert_max_num_queries, name):
        url = reverse(f"admin:{name}_changelist")

        def log(number):
            for _number in range(number):
                LogEntry.objects.log_actions(anna.pk, [anna], 2, "Looked.", single_object=True)
                AccountEntry.objects.create(kind="export", by=anna)

        log(1)
        root.get(url)
        with django_assert_max_num_queries(12) as one:
            root.get(url)
        log(120)
        with django_assert_max_num_queries(len(one)):
            assert len(root.get(url).context["cl"].result_list) == 100


class TestNobodyChangesIt:
    @pytest.mark.parametrize("name", LISTS)
    def test_in_the_admin(self, root, anna, name):
        LogEntry.objects.log_actions(anna.pk, [anna], 2, "Looked.", single_object=True)
        model = {"accounts_accountentry": AccountEntry, "admin_logentry": LogEntry}[name]
        pk = model.objects.first().pk
        before = list(model.objects.order_by("pk").values())
        for end in ("change", "delete"):
            url = reverse(f"admin:{name}_{end}", args=[pk])
            assert root.post(url, {"post": "yes", "name": "forged"}).status_code == 403
        assert root.post(reverse(f"admin:{name}_add"), {}).status_code == 403
        url = reverse(f"admin:{name}_changelist")
        chosen = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
        root.post(url, chosen)
        assert list(model.objects.order_by("pk").values()) == before

    def test_by_code(self, anna):
        entry = AccountEntry.objects.first()
        for change in (entry.save, entry.delete, AccountEntry.objects.all().delete):
            with pytest.raises(ProtectedError), transaction.atomic():
                change()


class TestShorteningIt:
    def test_only_what_is_old_and_that_is_logged(self, anna):
        old = AccountEntry.objects.create(
            kind="failed", name="x", at=timezone.now() - timedelta(days=400)
        )
        told = StringIO()
        call_command("log_discard", older=365, stdout=told)
        assert told.getvalue() == "Entries deleted: 1.\n"
        assert not AccountEntry.objects.filter(pk=old.pk).exists()
        assert AccountEntry.objects.filter(name="anna").exists()
        assert last("discarded")[3]["rows"] == 1

    def test_not_the_last_months(self):
        with pytest.raises(CommandError, match="at least 90 days"):
            call_command("log_discard", older=1)
