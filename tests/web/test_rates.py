from knocking import Clock

from onrecord.web import rates
from onrecord.web.rates import Rate, Turnstile, address


def test_so_many_pass_at_once_and_then_one_after_each_while():
    clock = Clock()
    turnstile = Turnstile(Rate(3, 10), clock)
    assert [turnstile.wait("a") for _ in range(5)] == [0, 0, 0, 10, 10]
    clock.now += 10
    assert [turnstile.wait("a") for _ in range(2)] == [0, 10]
    clock.now += 1000
    assert [turnstile.wait("a") for _ in range(4)] == [0, 0, 0, 10]


def test_each_passes_for_himself():
    turnstile = Turnstile(Rate(1, 10), Clock())
    assert [turnstile.wait(key) for key in ("a", "b", "a")] == [0, 0, 10]


def test_who_asks_from_ever_new_addresses_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(rates, "MOST", 10)
    clock = Clock()
    turnstile = Turnstile(Rate(1, 10), clock)
    for number in range(100):
        turnstile.wait(str(number))
        clock.now += 0.001
    assert len(turnstile._full) <= 10
    assert turnstile.wait("99") > 0  # who asked last is remembered


def test_whoever_has_a_network_of_ipv6_counts_once():
    assert address("2001:db8::1") == address("2001:db8::ffff:2") != address("2001:db8:0:1::1")
    assert address("192.0.2.1") != address("192.0.2.2")
    assert address(None) == ""
