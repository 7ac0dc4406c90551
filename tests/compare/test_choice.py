"""--judge: what the user may write, and what is said where it can't be."""

from decimal import Decimal
from pathlib import Path

import pytest

from onrecord.compare.choice import Endpoint, parse_choice
from onrecord.errors import UsageError

URL = "http://localhost:11434/v1"


@pytest.mark.parametrize("value", ["own", "", " own "])
def test_our_own_judge_is_the_one_without_a_place(value):
    assert parse_choice(value, {}) is None


def test_a_folder_is_a_network(tmp_path, monkeypatch):
    assert parse_choice(str(tmp_path), {}) == tmp_path
    monkeypatch.setenv("HOME", str(tmp_path))
    assert parse_choice("~", {}) == tmp_path


@pytest.mark.parametrize(
    ("value", "url", "model"),
    [
        (f"{URL}#qwen3:8b", URL, "qwen3:8b"),
        ("https://host.example/api/v1#maker/model-1#free", "https://host.example/api/v1", "maker/model-1#free"),
        ("http://[::1]:8000#m", "http://[::1]:8000", "m"),
    ],
)
def test_an_address_with_a_model_is_an_endpoint(value, url, model):
    assert parse_choice(value, {}) == Endpoint(url, model)


def test_key_and_price_come_from_the_environment_and_nobody_elses_key_is_taken():
    environment = {"ONRECORD_JUDGE_KEY": " k-1\n", "ONRECORD_JUDGE_PRICE": "0.15, 0.60", "OPENAI_API_KEY": "k-2"}
    found = parse_choice(f"{URL}#m", environment)
    assert (found.key, found.price) == ("k-1", (Decimal("0.15"), Decimal("0.60")))
    assert parse_choice(f"{URL}#m", {"OPENAI_API_KEY": "k-2"}).key is None


def test_the_name_tells_the_model_and_who_serves_it():
    assert parse_choice(f"{URL}#qwen3:8b", {"ONRECORD_JUDGE_KEY": "k-1"}).name == "qwen3:8b at localhost:11434"


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        (URL, r"Give the address and the model, as http.*#"),
        (f"{URL}#", r"Give the address and the model"),
        (f"{URL}#  ", r"Give the address and the model"),
        (f"{URL}#a\x1bb", r"Give the address and the model"),
        ("ftp://host.example#m", r"no address of http or https\. Give one, as http"),
        ("https://#m", r"no address of http or https"),
        ("http://host.example:999999#m", r"no address .*Correct it\."),
        ("http://[::1#m", r"no address .*Correct it\."),
        ("http://host.example/a b#m", r"Correct it\."),
        ("http://host.exämple#m", r"Correct it\."),
        ("https://me:word@host.example#m", r"Put the key in ONRECORD_JUDGE_KEY\."),
        ("gpt-9", r"is no folder\. Give own, a folder with an ONNX network, or http"),
        (__file__, r"is a file\. Give the folder that holds it"),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy(value, remedy):
    with pytest.raises(UsageError, match=remedy):
        parse_choice(value, {})


@pytest.mark.parametrize("price", ["1", "1,2,3", "a,b", "-1,2", "nan,1", "1,inf", ",", "1;2"])
def test_a_price_that_cannot_be_is_refused(price):
    with pytest.raises(UsageError, match=r"ONRECORD_JUDGE_PRICE is .*Give what a million tokens"):
        parse_choice(f"{URL}#m", {"ONRECORD_JUDGE_PRICE": price})


@pytest.mark.parametrize("key", ["two words", "a\nb", "schlüssel"])
def test_a_key_that_cannot_be_is_refused_and_not_shown(key):
    with pytest.raises(UsageError, match=r"Set it to the key alone") as told:
        parse_choice(f"{URL}#m", {"ONRECORD_JUDGE_KEY": key})
    assert key not in str(told.value)


@pytest.mark.parametrize("options", [{"at_once": 0}, {"timeout": 0}, {"timeout": 1e9}])
def test_options_that_cannot_be_are_refused(options):
    with pytest.raises(UsageError, match=r"Correct it\."):
        Endpoint(URL, "m", **options)


def test_a_folder_that_is_there_needs_no_environment(tmp_path):
    assert parse_choice(str(tmp_path)) == Path(tmp_path)
