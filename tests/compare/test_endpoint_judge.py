"""The judge behind a chat endpoint: what it is told, which of its answers count, and what happens where none comes."""

import json
import shutil
import ssl
import subprocess
from datetime import date
from decimal import Decimal

import pytest
from stand_in_endpoint import GOOD, Reply, StandInEndpoint, refuses, says

from onrecord.compare import chat
from onrecord.compare.choice import Endpoint
from onrecord.compare.endpoint import EndpointJudge, checked, key_of, probabilities
from onrecord.compare.judge import CLASHING, Judge
from onrecord.errors import ModelError
from onrecord.types import LABELS, Position

EARLIER = Position("Ina Corvel said the bridge will open in May.", date(2024, 3, 1))
LATER = Position("“The bridge stays shut,” Corvel said. “We know.”", date(2024, 5, 2))
PAIR = (EARLIER, LATER)


@pytest.fixture
def server():
    stand_in = StandInEndpoint()
    yield stand_in
    stand_in.close()


@pytest.fixture
def slept():
    return []


@pytest.fixture
def judge(server, slept):
    def make(cache=None, **options):
        return EndpointJudge(Endpoint(server.url, "tiny", **options), cache, sleep=slept.append)

    return make


class Kept(dict):
    """A cache in memory."""

    def put(self, key, answer, model):
        self[key] = answer
        self.model = model


def other(number):
    return (Position(f"There are {number} ferries.", date(2024, 1, 1)), Position("There are none."))


def words(spans, position):
    return [span.of(position.text) for span in spans]


# What goes out and what comes back


def test_an_answer_becomes_a_comparison(judge):
    (found,) = judge().judge([PAIR])
    assert (found.label, found.clash, found.why) == ("reversal", 0.9, GOOD["why"])
    assert words(found.earlier, EARLIER) == ["will open"]
    assert words(found.later, LATER) == ["stays shut"]


def test_it_sits_behind_the_seam(judge):
    sits: Judge = judge()
    assert sits.name.startswith("tiny at 127.0.0.1:")


def test_only_the_two_statements_and_their_dates_are_sent(judge, server):
    judge().judge([(EARLIER, Position(LATER.text))])
    assert server.told() == [
        {"earlier": {"date": "2024-03-01", "text": EARLIER.text}, "later": {"date": None, "text": LATER.text}}
    ]
    (body,) = server.asked
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert set(body) == {"model", "messages", "stream", *chat.OPTIONAL}
    assert (body["model"], body["temperature"], body["stream"]) == ("tiny", 0, False)


def test_the_prompt_names_each_label(judge, server):
    judge().judge([PAIR])
    assert all(f'"{label}"' in server.asked[0]["messages"][0]["content"] for label in LABELS)


def test_the_key_is_sent_where_there_is_one_and_shown_nowhere(judge, server):
    judge(key="secret-7").judge([PAIR])
    judge().judge([PAIR])
    assert [headers.get("Authorization") for headers in server.headers] == ["Bearer secret-7", None]
    assert "secret-7" not in repr(Endpoint(server.url, "tiny", "secret-7"))


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("", "/v1/chat/completions"),
        ("/", "/v1/chat/completions"),
        ("/v1/", "/v1/chat/completions"),
        ("/openai/v1/chat/completions", "/openai/v1/chat/completions"),
        ("/deployments/d?api-version=1", "/deployments/d/chat/completions?api-version=1"),
    ],
)
def test_the_address_may_be_the_base_or_that_of_the_chat(server, base, path):
    EndpointJudge(Endpoint(f"http://127.0.0.1:{server.port}{base}", "tiny")).judge([PAIR])
    assert server.paths == [path]


def test_pairs_are_asked_several_at_once_and_answered_in_order(judge, server):
    def by_number(body):
        told = json.loads(body["messages"][1]["content"])
        number = int(told["earlier"]["text"].split()[2])
        reply = says({**GOOD, "clash": number / 10})
        reply.wait = 0.05 * (4 - number)
        return reply

    server.script = by_number
    assert [c.clash for c in judge().judge([other(n) for n in range(4)])] == [0.0, 0.1, 0.2, 0.3]


def test_a_lone_surrogate_in_a_statement_is_no_obstacle(judge, server):
    judge().judge([(Position("Broken \ud800 escape."), LATER)])
    assert server.told()[0]["earlier"]["text"] == "Broken ? escape."


# Which answers count


@pytest.mark.parametrize(
    "around",
    [
        "```json\n{}\n```",
        "Here it is:\n```\n{}\n```\nI hope that helps.",
        '<think>Is it {{"label": "consistent"}}? No.</think>\n\n{}',
        " {} ",
    ],
)
def test_what_stands_around_an_answer_is_left_out(judge, server, around):
    server.script = [says(around.replace("{{", "{").replace("}}", "}").replace("{}", json.dumps(GOOD)))]
    assert judge().judge([PAIR])[0].label == "reversal"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        "I think that he changed his mind.",
        '{"label": "reversal", "clash": 0.9, "why": "It brok',
        {**GOOD, "label": "flip-flop"},
        {**GOOD, "clash": 90},
        {**GOOD, "clash": "high"},
        {**GOOD, "why": " . "},
        {"label": "reversal"},
        "[" * 50_000,
        '{"label":' * 5_000 + "}" * 5_000,
        "",
        None,
    ],
)
def test_a_wrong_answer_is_asked_for_anew_with_what_is_wrong(judge, server, wrong):
    server.script = [says(wrong), says(GOOD)]
    assert judge().judge([PAIR])[0].label == "reversal"
    first, second = server.asked
    assert second["messages"][:2] == first["messages"]
    assert [m["role"] for m in second["messages"][2:]] == ["assistant", "user"]
    assert second["messages"][3]["content"].startswith("That could not be read")
    assert len(second["messages"][2]["content"]) <= 2000


def test_a_model_that_never_answers_right_is_told_of_when_the_others_have_their_answers(judge, server):
    cache = Kept()
    server.script = lambda body: says("no" if "3 ferries" in body["messages"][1]["content"] else GOOD)
    with pytest.raises(ModelError, match=r"on 1 of 5 pairs .*try another model for these\."):
        judge(cache).judge([other(n) for n in range(5)])
    assert len(cache) == 4
    assert len(server.asked) == 4 + 3


@pytest.mark.parametrize(
    ("evidence", "kept"),
    [
        ({"earlier": ["will open", "in May"], "later": []}, ["will open", "in May"]),
        ({"earlier": ["in May", "will open"]}, ["will open", "in May"]),
        ({"earlier": "will open"}, ["will open"]),
        ({"earlier": ["will open in June"]}, []),
        ({"earlier": ["Will Open"]}, []),
        ({"earlier": ["pen"]}, []),
        ({"earlier": ["", "  ", "…", " will open\n"]}, ["will open"]),
        ({"earlier": ["will open in", "open in May", "will open in"]}, ["will open in"]),
        ({"earlier": [".*"]}, []),
        ({"earlier": None, "later": ["x"]}, []),
        ({}, []),
        (None, []),
    ],
)
def test_evidence_that_does_not_stand_in_its_statement_word_for_word_is_dropped(judge, server, evidence, kept):
    server.script = [says({**GOOD, "evidence": evidence})]
    (found,) = judge().judge([PAIR])
    assert words(found.earlier, EARLIER) == kept
    assert found.later == ()


def test_where_nothing_changed_no_words_clash(judge, server):
    server.script = [says({**GOOD, "label": "consistent", "clash": 0.1})]
    (found,) = judge().judge([PAIR])
    assert (found.earlier, found.later) == ((), ())


@pytest.mark.parametrize(
    ("why", "shown"),
    [
        ("It opened. Then it shut.", "It opened."),
        ("Mr. Corvel changed\nhis mind", "Mr. Corvel changed his mind"),
        ("Red \x1b[31malert\x07.", "Red [31malert."),
        ("word " * 100, "word " * 38 + "word…"),
    ],
)
def test_the_reason_is_cut_to_one_plain_sentence(judge, server, why, shown):
    server.script = [says({**GOOD, "why": why})]
    (found,) = judge().judge([PAIR])
    assert found.why == shown
    assert len(found.why) <= 200


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("clash", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_probabilities_sum_to_one_and_those_of_a_clash_to_the_clash(label, clash):
    found = probabilities(label, clash)
    assert sum(found) == pytest.approx(1)
    assert sum(p for p, one in zip(found, LABELS, strict=True) if one in CLASHING) == pytest.approx(clash)
    assert all(p >= 0 for p in found)


@pytest.mark.parametrize(("label", "clash"), [("reversal", 0.6), ("number_changed", 0.9), ("softened", 0.3)])
def test_the_label_is_the_likeliest_where_it_agrees_with_the_clash(label, clash):
    found = probabilities(label, clash)
    assert LABELS[found.index(max(found))] == label


# What is remembered


def test_what_is_in_the_cache_is_not_asked_again(judge, server):
    cache = Kept()
    first = judge(cache).judge([PAIR, other(1)])
    again = judge(cache)
    assert again.judge([PAIR, other(1)]) == first
    assert len(server.asked) == 2
    assert (again.usage.cached, again.usage.requests) == (2, 0)
    assert cache.model == again.name


def test_only_checked_answers_are_kept(judge, server):
    cache = Kept()
    server.script = [says("nonsense")]
    with pytest.raises(ModelError):
        judge(cache).judge([PAIR])
    assert not cache
    server.script = [says("Well: " + json.dumps({**GOOD, "extra": 1}))]
    judge(cache).judge([PAIR])
    assert [checked(answer).label for answer in cache.values()] == ["reversal"]


def test_an_answer_that_the_cache_damaged_is_asked_for_anew(judge, server):
    cache = Kept({key_of(judge().name, PAIR): '{"label": 3}'})
    assert judge(cache).judge([PAIR])[0].label == "reversal"
    assert len(server.asked) == 1


def test_a_pair_that_comes_twice_is_asked_about_once(judge, server):
    assert len(judge().judge([PAIR, PAIR])) == 2
    assert len(server.asked) == 1


def test_another_model_date_text_or_order_is_another_question():
    made = {
        key_of("a", PAIR),
        key_of("b", PAIR),
        key_of("a", PAIR[::-1]),
        key_of("a", (EARLIER, Position(LATER.text))),
        key_of("a", (EARLIER, Position("Shut."))),
    }
    assert len(made) == 5
    assert key_of("a", PAIR) == key_of("a", (Position(EARLIER.text, EARLIER.day), LATER))


# What it costs


def test_requests_tokens_and_cost_are_counted(judge):
    asked = judge(price=(Decimal("0.5"), Decimal("2")))
    asked.judge([PAIR, other(1)])
    used = asked.usage
    assert (used.requests, used.prompt_tokens, used.completion_tokens, used.uncounted) == (2, 1200, 100, 0)
    assert used.cost == Decimal("0.0008")
    assert used.seconds > 0


def test_without_a_price_there_is_no_cost_and_what_the_server_hides_is_said(judge, server):
    server.script = [says(GOOD, usage=None)]
    asked = judge()
    asked.judge([PAIR])
    assert (asked.usage.cost, asked.usage.uncounted, asked.usage.prompt_tokens) == (None, 1, 0)


# Servers that are busy, slow, choosy or broken


def test_a_busy_server_is_asked_again_after_as_long_as_it_says(judge, server, slept):
    server.script = [refuses(429, Retry_After="7"), refuses(503), says(GOOD)]
    assert judge().judge([PAIR])[0].label == "reversal"
    assert slept == [7.0, 4.0]


def test_a_server_that_stays_busy_is_given_up(judge, server, slept):
    server.script = [refuses(500, "out of memory")]
    with pytest.raises(ModelError, match=r"status 500: out of memory: try again later\."):
        judge().judge([PAIR])
    assert slept == list(chat.PAUSES)


def test_a_server_that_asks_for_too_long_a_pause_is_given_up_at_once(judge, server, slept):
    server.script = [refuses(429, Retry_After="3600")]
    with pytest.raises(ModelError, match=r"asked too often; try again later\."):
        judge().judge([PAIR])
    assert (slept, len(server.asked)) == ([], 1)


def test_an_answer_that_comes_too_late_is_asked_for_again(judge, server, slept):
    slow = says(GOOD)
    slow.wait = 0.4
    server.script = [slow, says(GOOD)]
    assert judge(timeout=0.1).judge([PAIR])[0].label == "reversal"
    assert slept == [1.0]


def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(judge, server, slept):
    drops = says(GOOD)
    drops.drops = 0.02
    server.script = [drops, says(GOOD)]
    assert judge(timeout=0.1).judge([PAIR])[0].label == "reversal"
    assert slept == [1.0]


def test_an_answer_that_breaks_off_is_asked_for_again(judge, server, slept):
    half = says(GOOD)
    half.headers = {"Content-Length": "9999", "Connection": "close"}
    server.script = [half, says(GOOD)]
    assert judge(timeout=0.3).judge([PAIR])[0].label == "reversal"
    assert slept == [1.0]


def test_an_answer_without_end_is_not_read_to_its_end(judge, server):
    server.script = [Reply(b" " * (chat.MOST_BYTES * 4))]
    with pytest.raises(ModelError, match=r"over 262,144 bytes.*try another model\."):
        judge().judge([PAIR])


def test_a_redirect_is_not_followed(judge, server):
    server.script = [Reply(b"", status, {"Location": server.url}) for status in (307, 308)]
    with pytest.raises(
        ModelError, match=r"leads to another address, which is not followed; give the one where it ends\."
    ):
        judge().judge([PAIR])
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(401, r"set ONRECORD_JUDGE_KEY\."), (404, r"check both\."), (418, r"check the address and the model\.")],
)
def test_a_refusal_is_told_with_the_servers_words_and_the_remedy_and_without_the_key(judge, server, status, remedy):
    server.script = [refuses(status, "no \x1b[31mmodel for key secret-7")]
    with pytest.raises(ModelError, match=remedy) as told:
        judge(key="secret-7").judge([PAIR])
    assert f"status {status}: no [31mmodel for key ..." in str(told.value)
    assert len(server.asked) == 1


def test_what_is_no_chat_is_told(judge, server):
    server.script = [Reply(b"<html>Welcome to the router</html>")]
    with pytest.raises(ModelError, match=r"no answer of a chat .*Check that the address"):
        judge().judge([PAIR])


def test_a_server_that_is_not_there_is_told_without_waiting(server, slept):
    server.close()
    with pytest.raises(ModelError, match=r"takes no connection .*Start the server, or check the address\."):
        EndpointJudge(Endpoint(server.url, "tiny"), sleep=slept.append).judge([PAIR])
    assert slept == []


@pytest.mark.parametrize("field", list(chat.OPTIONAL))
def test_a_field_that_the_server_refuses_is_left_out_from_then_on(judge, server, field):
    server.script = lambda body: refuses(400, f"Unsupported parameter: '{field}'") if field in body else says(GOOD)
    asked = judge(at_once=1)
    asked.judge([PAIR, other(1)])
    assert [field in body for body in server.asked] == [True, False, False]
    assert all(name in body for body in server.asked for name in chat.OPTIONAL if name != field)


def test_a_server_that_refuses_without_saying_what_is_asked_in_the_barest_form(judge, server):
    server.script = lambda body: refuses(422) if "response_format" in body else says(GOOD)
    assert judge().judge([PAIR])[0].label == "reversal"
    assert set(server.asked[1]) == {"model", "messages", "stream"}


def test_a_pair_that_the_server_refuses_whatever_the_fields_changes_nothing_for_the_next(judge, server):
    server.script = [refuses(400, "too long"), refuses(400, "too long"), says(GOOD)]
    asked = judge()
    with pytest.raises(ModelError, match=r"status 400: too long: check the address and the model\."):
        asked.judge([PAIR])
    asked.judge([other(1)])
    assert server.asked[2].keys() >= chat.OPTIONAL.keys()


# Where statements may go


@pytest.mark.parametrize(
    ("address", "is_near"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("10.1.2.3", True),
        ("172.31.0.1", True),
        ("172.32.0.1", False),
        ("192.168.178.20", True),
        ("100.100.1.1", True),
        ("fd00::7", True),
        ("fe80::1%eth0", True),
        ("::ffff:192.168.0.1", True),
        ("::ffff:8.8.8.8", False),
        ("8.8.8.8", False),
        ("2606:4700::1111", False),
        ("64:ff9b::a01:203", False),
    ],
)
def test_plain_http_leads_no_farther_than_the_own_network(address, is_near):
    assert chat.near(address) is is_near


def test_nothing_is_sent_over_plain_http_to_a_public_address(judge, server, monkeypatch):
    monkeypatch.setattr(chat, "NEAR", ())
    with pytest.raises(ModelError, match=r"at 127\.0\.0\.1, outside your own network.*Give an address of https\."):
        judge().judge([PAIR])
    assert server.asked == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """The key and certificate of 127.0.0.1, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is missing: install it to test safe connections")
    folder = tmp_path_factory.mktemp("certificate")
    made = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=judge "
        "-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out certificate.pem"
    )
    subprocess.run(made.split(), cwd=folder, check=True, capture_output=True)
    return folder


def test_over_https_only_a_server_that_an_authority_of_this_machine_vouches_for_is_told(
    server, certificate, monkeypatch
):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    server.wrap(context)
    endpoint = Endpoint(server.url.replace("http:", "https:"), "tiny")
    with pytest.raises(ModelError, match=r"no safe connection \(.*self-signed.*Check the address\."):
        EndpointJudge(endpoint).judge([PAIR])
    assert server.asked == []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "certificate.pem"))
    assert EndpointJudge(endpoint).judge([PAIR])[0].label == "reversal"


def test_no_proxy_of_the_environment_is_asked(judge, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert judge().judge([PAIR])[0].label == "reversal"
