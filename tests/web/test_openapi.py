"""Everything that the desk's OpenAPI document allows is asked: no answer is a fault of the server's."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knocking import HOME, TOKEN, editor
from test_adding import SUMMARY, Scripted

from onrecord.web import Desk, create
from onrecord.web.access import Access
from onrecord.web.rates import Limits, Rate

OFTEN = Rate(100_000, 0.001)
EXAMPLES = 20  # of each operation


@pytest.mark.slow
def test_no_answer_to_what_the_document_allows_is_a_fault(town):
    access, limits = Access.by_token("ana", TOKEN), Limits(search=OFTEN, add=OFTEN)
    app = create(Desk(town, access, limits=limits), Scripted([SUMMARY]))
    client = editor(app)
    headers = {"Origin": HOME, "Sec-Fetch-Site": "same-origin", "Host": HOME.removeprefix("http://")}
    headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers=headers)
    seen = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        seen[operation.label] = statuses(operation, headers, keys(client))
    app.state.jobs.close()
    assert len(seen) > 30
    assert {label: got for label, got in seen.items() if max(got) >= 500} == {}
    for label in ("GET /reversals/{key}", "GET /speakers/{key}.json", "GET /articles/{key}", "GET /search"):
        assert 200 in seen[label], label
    for label in ("POST /judgements", "POST /judgements/{key}/undo", "POST /add"):
        assert seen[label] & {303, 400, 404}, label


def keys(client):
    """Ids of the record, of each kind one."""
    listed = {name: client.get(f"/{name}.json").json()[name] for name in ("reversals", "speakers", "articles")}
    statement = listed["reversals"][0]["later"]["statement"]
    return [statement, *(found[0]["id"] for found in listed.values())]


def statuses(operation, headers, known):
    """The statuses of what an operation answers, to ids that are known and to those that are not."""
    seen = set()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(), key=st.sampled_from([None, *known]))
    def ask(case, key):
        if key and "key" in (case.path_parameters or {}):
            case.path_parameters["key"] = key
        answer = case.call(headers=headers)
        seen.add(answer.status_code)

    ask()
    return seen
