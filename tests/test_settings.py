from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.settings import Settings, config_files, load


def file(folder, text, name="onrecord.toml"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_without_a_word_from_anybody_the_defaults_hold():
    assert load({}, {}, []) == Settings()


def test_flags_win_over_the_environment_and_that_over_the_files(tmp_path):
    weak = file(tmp_path, "jobs = 2\nthreads = 2\nmax_bytes = 2\nmodel = '~/weights'", "weak.toml")
    strong = file(tmp_path, "threads = 3\nmax_bytes = 3", "strong.toml")
    found = load({"min_confidence": 0.5, "jobs": None}, {"ONRECORD_MAX_BYTES": "4"}, [weak, strong])
    assert found == Settings(2 + 1, 2, 4, 0.5, Path.home() / "weights")
    assert load({"max_bytes": 5}, {"ONRECORD_MAX_BYTES": "4"}, []).max_bytes == 5


def test_the_file_of_the_working_folder_wins_over_that_of_the_home(tmp_path):
    home, here = config_files({"HOME": str(tmp_path)})
    assert home == tmp_path / ".config" / "onrecord" / "config.toml"
    assert here == Path("onrecord.toml")
    assert config_files({"XDG_CONFIG_HOME": str(tmp_path)})[0] == tmp_path / "onrecord" / "config.toml"


def test_a_missing_file_is_no_error(tmp_path):
    assert load({}, {}, [tmp_path / "nowhere.toml"]) == Settings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("jobs = ", "can't be read as TOML"),
        ("jbos = 2", "jbos, which is unknown. The names are: threads, jobs"),
        ("jobs = 'many'", "no whole number"),
        ("jobs = -1", "from 0 to 1024"),
        ("min_confidence = 1.5", "from 0 to 1"),
        ("max_bytes = -1", "at least 1"),
        ("model = 3", "no path"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_a_remedy(tmp_path, text, told):
    with pytest.raises(UsageError, match=told):
        load({}, {}, [file(tmp_path, text)])


def test_a_wrong_value_in_the_environment_names_the_variable():
    with pytest.raises(UsageError, match="ONRECORD_JOBS gives jobs as 'x'"):
        load({}, {"ONRECORD_JOBS": "x"}, [])


def test_a_number_that_is_none_is_refused():
    with pytest.raises(UsageError, match="from 0 to 1"):
        load({"min_confidence": float("nan")}, {}, [])


def test_currencies_are_codes_in_a_list_or_a_string():
    assert load({"convert": ["eur", "USD", "EUR"]}, {}, []).convert == ("EUR", "USD")
    assert load({}, {"ONRECORD_CONVERT": "eur, usd"}, []).convert == ("EUR", "USD")
    with pytest.raises(UsageError, match="list of ISO 4217 codes"):
        load({"convert": ["euro"]}, {}, [])
