"""Where a request comes from, as far as it can be believed."""

import pytest
from django.test import RequestFactory

from culturecoop.accounts.addresses import client_address, client_network

from .conftest import PASSWORD, sign_in, succeeded
from .test_limits import fail

PROXY = "127.0.0.1"


def request(forwarded=None, remote=PROXY):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **headers)


class TestAddress:
    @pytest.mark.parametrize("forwarded", [None, "203.0.113.9", "1.1.1.1, 203.0.113.9"])
    def test_without_a_proxy_the_header_is_not_believed(self, settings, forwarded):
        settings.BEHIND_PROXY = False
        assert str(client_address(request(forwarded, "192.0.2.1"))) == "192.0.2.1"

    @pytest.mark.parametrize(
        ("forwarded", "address"),
        [
            ("203.0.113.9", "203.0.113.9"),
            ("1.1.1.1, 203.0.113.9", "203.0.113.9"),
            ("203.0.113.9,  2001:db8::1 ", "2001:db8::1"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("fe80::1%eth0", "fe80::1"),
            (None, PROXY),
            ("", PROXY),
            ("unknown", PROXY),
            ("203.0.113.9,", PROXY),
            ("203.0.113.9, <script>", PROXY),
            ("1.1.1.1, 203.0.113.900", PROXY),
        ],
    )
    def test_behind_a_proxy_the_last_entry_counts(self, settings, forwarded, address):
        settings.BEHIND_PROXY = True
        assert str(client_address(request(forwarded))) == address

    def test_a_socket_has_no_address(self):
        assert client_address(request(remote="")) is None
        assert client_network(request(remote="")) == ""

    @pytest.mark.parametrize(
        ("remote", "network"),
        [
            ("192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
        ],
    )
    def test_an_ipv6_network_counts_as_one(self, remote, network):
        assert client_network(request(remote=remote)) == network


@pytest.mark.django_db
def test_a_client_cannot_name_addresses_to_try_on(anna, settings):
    settings.BEHIND_PROXY = True
    for number in range(5):
        fail(1, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 203.0.113.9")
    same = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "10.0.0.99, 203.0.113.9"}
    other = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "203.0.113.9, 203.0.113.10"}
    assert not succeeded(sign_in("anna", PASSWORD, **same))
    assert succeeded(sign_in("anna", PASSWORD, **other))


@pytest.mark.django_db
def test_an_ipv6_client_has_no_more_tries_than_others(anna):
    for number in range(5):
        fail(1, REMOTE_ADDR=f"2001:db8::{number}")
    assert not succeeded(sign_in("anna", PASSWORD, REMOTE_ADDR="2001:db8::ffff"))
