import io
import json
import stat
import sys

import pytest
from knocking import FAST, PASSWORD, some_users

from onrecord.cli.users_work import add, remove, show
from onrecord.errors import BrokenInput, UsageError
from onrecord.web import users as module
from onrecord.web.users import Users, users_file


@pytest.fixture
def quick(monkeypatch):
    """Passwords are hashed quickly."""
    monkeypatch.setattr(module, "PasswordHasher", lambda: FAST)


def test_a_user_signs_in_with_his_password_alone(tmp_path):
    users = some_users(tmp_path)
    assert users.signed("ana", PASSWORD).role == "editor"
    assert users.signed("bo", PASSWORD).role == "reader"
    for name, password in (("ana", "wrong"), ("ana", ""), ("eve", PASSWORD), ("", "")):
        assert users.signed(name, password) is None


def test_a_password_is_kept_as_a_hash_in_a_file_that_only_its_owner_may_read(tmp_path):
    users = some_users(tmp_path / "new" / "folder")
    text = users.path.read_text("utf-8")
    assert PASSWORD not in text
    assert text.count("$argon2id$") == 2
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    assert [path.name for path in users.path.parent.iterdir()] == ["users.json"]


def test_the_hash_of_a_password_costs_what_it_should(tmp_path):
    assert "$m=65536,t=3,p=4$" in Users(tmp_path / "users.json").add("ana", "editor", PASSWORD).password


def test_what_another_program_changes_in_the_file_counts_at_once(tmp_path):
    users, other = some_users(tmp_path), Users(tmp_path / "users.json", FAST)
    other.remove("bo")
    assert users.get("bo") is None
    other.add("cy", "reader", PASSWORD)
    assert [user.name for user in users] == ["ana", "cy"]
    users.path.unlink()
    assert not users


def test_a_file_that_could_not_be_written_leaves_the_old_one_whole(tmp_path, monkeypatch):
    users = some_users(tmp_path)

    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        users.add("cy", "reader", PASSWORD)
    assert [user.name for user in Users(users.path)] == ["ana", "bo"]
    assert [path.name for path in tmp_path.iterdir()] == ["users.json"]


@pytest.mark.parametrize("name", ["", " ", "<script>", "a\nb", "a/b", "_", "x" * 65, "a;b", 'a"b', "\u202eana"])
def test_a_name_that_could_mislead_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match="can't be a user's name"):
        some_users(tmp_path).add(name, "reader", PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "x" * 9, "x" * 1001])
def test_a_password_too_short_or_endless_is_refused(tmp_path, password):
    with pytest.raises(UsageError, match="10 characters or more"):
        some_users(tmp_path).add("cy", "reader", password)


def test_a_password_is_the_same_however_a_keyboard_composes_it(tmp_path):
    users = some_users(tmp_path)
    users.add("zoë", "reader", "naïve and more")
    assert users.signed("zoe\u0308", "nai\u0308ve and more")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"users": [{"name": "a"}]}', "\x00", '{"users": [7]}'])
def test_a_file_that_holds_no_users_is_refused(tmp_path, text):
    path = tmp_path / "users.json"
    path.write_text(text)
    with pytest.raises(BrokenInput, match="Correct or remove"):
        Users(path)


def test_a_role_that_is_none_gives_no_rights(tmp_path):
    users = some_users(tmp_path)
    data = json.loads(users.path.read_text())
    data["users"][1]["role"] = "owner"
    users.path.write_text(json.dumps(data))
    with pytest.raises(BrokenInput):
        users.get("bo")


def test_the_users_stand_beside_the_users_own_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert users_file() == tmp_path / "onrecord" / "users.json"


# --- the command line -----------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_users_are_added_listed_and_removed_on_the_command_line(tmp_path, monkeypatch, capsys):
    path = tmp_path / "users.json"
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    add(path, "ana", "editor", from_stdin=True)
    assert "Added ana, editor" in capsys.readouterr().err
    show(path, as_json=False)
    assert capsys.readouterr().out == "ana  editor\n"
    assert Users(path, FAST).signed("ana", PASSWORD)
    monkeypatch.setattr("sys.stdin", io.StringIO("another password\n"))
    add(path, "ana", "reader", from_stdin=True)
    assert "Changed ana, reader" in capsys.readouterr().err
    assert not Users(path, FAST).signed("ana", PASSWORD)
    remove(path, "ana")
    show(path, as_json=False)
    assert "nobody yet" in capsys.readouterr().err
    with pytest.raises(UsageError, match="no user"):
        remove(path, "ana")


@pytest.mark.usefixtures("quick")
def test_a_password_is_asked_for_twice(tmp_path, monkeypatch):
    path, answers = tmp_path / "users.json", iter([PASSWORD, PASSWORD, PASSWORD, "correct hose"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _asked: next(answers))
    add(path, "ana", "editor", from_stdin=False)
    assert Users(path, FAST).signed("ana", PASSWORD)
    with pytest.raises(UsageError, match="differ"):
        add(path, "bo", "editor", from_stdin=False)


@pytest.mark.usefixtures("quick")
def test_a_password_is_never_taken_from_a_pipe_unasked(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))
    with pytest.raises(UsageError, match="--password-stdin"):
        add(tmp_path / "users.json", "ana", "editor", from_stdin=False)
