"""Signing in is limited by account and address together, and by address."""

import pytest
import time_machine
from django.contrib.auth.models import User

from culturecoop.accounts.limits import OF_ACCOUNT, OF_ADDRESS
from culturecoop.accounts.models import AccountEntry, FailureCount
from tests.culturecoop.editions.test_races import together

from .conftest import PASSWORD, refusal, sign_in, succeeded

HERE, ELSEWHERE = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "198.51.100.7"}


def fail(times, name="anna", **meta):
    """So many wrong passwords; the last answer."""
    for _number in range(times):
        response = sign_in(name, "wrong", **(meta or HERE))
        assert not succeeded(response)
    return response


def counted(name):
    return FailureCount.objects.get(name=name).failures


@pytest.mark.django_db
class TestOneAccountFromOneAddress:
    def test_the_right_password_is_refused_after_five_failures(self, anna):
        wrong = refusal(fail(OF_ACCOUNT))
        right = sign_in("anna", PASSWORD, **HERE)
        assert not succeeded(right)
        assert refusal(right) == wrong

    def test_four_failures_are_forgiven_by_the_right_password(self, anna):
        for _time in range(3):
            fail(OF_ACCOUNT - 1)
            assert succeeded(sign_in("anna", PASSWORD, **HERE))

    def test_from_elsewhere_it_opens(self, anna):
        fail(OF_ACCOUNT * 3)
        assert succeeded(sign_in("anna", PASSWORD, **ELSEWHERE))

    def test_another_account_opens(self, anna, root):
        fail(OF_ACCOUNT * 3)
        assert succeeded(sign_in("root", PASSWORD, **HERE))

    def test_a_quarter_of_an_hour_after_the_last_that_counted(self, anna):
        with time_machine.travel("2026-03-02 10:00Z", tick=False) as clock:
            fail(OF_ACCOUNT - 1)
            clock.shift(14 * 60)
            fail(1)
            clock.shift(14 * 60)
            assert not succeeded(sign_in("anna", PASSWORD, **HERE))
            clock.shift(60)
            assert succeeded(sign_in("anna", PASSWORD, **HERE))

    @pytest.mark.parametrize("name", ["anna", "ANNA", "  anna", "ａｎｎａ", "anna\t"])
    def test_no_way_of_writing_the_name_gives_more(self, anna, name):
        fail(1), fail(1, "Anna"), fail(1, " anna "), fail(1, "ａnna"), fail(1, name)
        assert counted("anna") == 5
        assert not succeeded(sign_in("anna", PASSWORD, **HERE))

    def test_what_is_over_is_forgotten(self, anna):
        with time_machine.travel("2026-03-02 10:00Z", tick=False) as clock:
            fail(1, "nobody")
            clock.shift(16 * 60)
            assert succeeded(sign_in("anna", PASSWORD, **HERE))
        assert not FailureCount.objects.filter(name="nobody").exists()


@pytest.mark.django_db
class TestOneAddress:
    def test_fifty_failures_of_any_accounts(self, anna):
        for number in range(OF_ADDRESS):
            fail(1, f"name-{number}")
        assert not succeeded(sign_in("anna", PASSWORD, **HERE))
        assert succeeded(sign_in("anna", PASSWORD, **ELSEWHERE))

    def test_one_that_is_refused_fills_neither_the_counts_nor_the_log(self, anna):
        fail(OF_ADDRESS)
        rows, entries = FailureCount.objects.count(), AccountEntry.objects.count()
        for number in range(20):
            fail(1, f"name-{number}")
        assert FailureCount.objects.count() == rows
        assert AccountEntry.objects.count() == entries + 1  # that the limit was reached

    def test_signing_in_does_not_count(self, anna):
        for _time in range(3):
            assert succeeded(sign_in("anna", PASSWORD, **HERE))
        assert counted("") == 0

    def test_own_successes_do_not_clear_failures_of_others(self, anna):
        for number in range(OF_ADDRESS - 1):
            fail(1, f"name-{number}")
            if number % 10 == 0:
                assert succeeded(sign_in("anna", PASSWORD, **HERE))
        assert counted("") == OF_ADDRESS - 1
        fail(1, "name-last")
        assert not succeeded(sign_in("anna", PASSWORD, **HERE))


@pytest.mark.django_db
class TestNothingIsGivenAway:
    def test_one_answer_whatever_was_wrong(self, anna):
        User.objects.create_user("reader", password=PASSWORD)  # not of the staff
        User.objects.create_user("gone", password=PASSWORD, is_staff=True, is_active=False)
        answers = {
            "wrong password": fail(1),
            "no such account": fail(1, "nobody"),
            "not of the staff": sign_in("reader", PASSWORD, **HERE),
            "retired": sign_in("gone", PASSWORD, **HERE),
            "over the limit": fail(OF_ACCOUNT),
            "over the limit, no such account": fail(OF_ACCOUNT, "nobody"),
        }
        assert len({(a.status_code, refusal(a)) for a in answers.values()}) == 1
        assert "quarter of an hour" in refusal(answers["retired"])

    @pytest.mark.parametrize("failures", [0, OF_ACCOUNT])
    def test_names_that_exist_cost_as_many_hashes_as_those_that_do_not(
        self, anna, monkeypatch, failures
    ):
        from django.contrib.auth.hashers import MD5PasswordHasher

        encode, hashes = MD5PasswordHasher.encode, []
        monkeypatch.setattr(
            MD5PasswordHasher, "encode", lambda *a, **kw: hashes.append(1) or encode(*a, **kw)
        )
        costs = []
        for name in ("anna", "nobody"):
            for _number in range(failures):
                fail(1, name)
            hashes.clear()
            fail(1, name)
            costs.append(len(hashes))
        assert costs == ([1, 1] if failures == 0 else [0, 0])


@pytest.mark.django_db
class TestTheOldPassword:
    def test_is_asked_within_the_limits(self, anna):
        client = sign_in("anna", PASSWORD, **HERE).client
        new = {"new_password1": "eighteen grey cranes", "new_password2": "eighteen grey cranes"}
        for _number in range(OF_ACCOUNT):
            client.post("/admin/password_change/", {"old_password": "wrong", **new}, **HERE)
        answer = client.post("/admin/password_change/", {"old_password": PASSWORD, **new}, **HERE)
        assert answer.status_code == 200
        anna.refresh_from_db()
        assert anna.check_password(PASSWORD)

    def test_a_new_one_ends_the_other_sessions(self, anna):
        client, other = (sign_in("anna", PASSWORD, **HERE).client for _one in range(2))
        new = {"new_password1": "eighteen grey cranes", "new_password2": "eighteen grey cranes"}
        answer = client.post("/admin/password_change/", {"old_password": PASSWORD, **new}, **HERE)
        assert answer.status_code == 302
        assert client.get("/admin/").status_code == 200
        assert other.get("/admin/").status_code == 302
        assert succeeded(sign_in("anna", "eighteen grey cranes", **HERE))


@pytest.mark.django_db(transaction=True)
def test_twenty_at_the_same_moment_count_as_twenty(django_user_model):
    django_user_model.objects.create_user("anna", password=PASSWORD, is_staff=True)
    outcomes = together(*[lambda: sign_in("anna", "wrong", **HERE).status_code] * 20)
    assert outcomes == [200] * 20
    assert (counted("anna"), counted("")) == (20, 20)
    kinds = list(AccountEntry.objects.values_list("kind", flat=True))
    assert kinds.count("failed") == OF_ACCOUNT  # no more passwords were looked at
    assert kinds.count("limit") == 1
