"""Ways to a desk's door: clients as browsers and as strangers, users whose passwords are checked quickly."""

import re

from argon2 import PasswordHasher
from starlette.testclient import TestClient

from onrecord.web import Desk, create
from onrecord.web.access import Access
from onrecord.web.users import Users

HOME = "http://127.0.0.1:8420"
TOKEN = "the-token-of-these-tests"  # noqa: S105 - it opens nothing
PASSWORD = "correct horse"  # noqa: S105 - nor does this
FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def stranger(app, **headers):
    """A program that has no cookie and says nothing of where it comes from."""
    return TestClient(app, HOME, follow_redirects=False, raise_server_exceptions=False, headers=headers)


def browser(app):
    """A browser at a page of the desk."""
    return stranger(app, Origin=HOME, **{"Sec-Fetch-Site": "same-origin"})


def opened(record, **given):
    """The application of a desk that is opened by the token."""
    return create(Desk(record, Access.by_token("ana", TOKEN), **given))


def editor(app):
    """A browser that came in by the token."""
    made = browser(app)
    assert made.get(f"/?token={TOKEN}").status_code == 303
    return made


def some_users(folder):
    """A file of an editor and a reader."""
    users = Users(folder / "users.json", FAST)
    users.add("ana", "editor", PASSWORD)
    users.add("bo", "reader", PASSWORD)
    return users


def sign_in(app, name, password=PASSWORD, **given):
    """A browser in which somebody signed in."""
    made = browser(app)
    made.answer = made.post("/login", data={"name": name, "password": password, **given})
    return made


def ways(app, method):
    """The paths of an application that take a method, their keys filled in."""
    found = {re.sub(r"\{[^}]+\}", "a", path) for path, methods in app.openapi()["paths"].items() if method in methods}
    assert found
    return sorted(found)
