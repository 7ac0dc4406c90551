"""What `People` promises: roles with their days, namesakes shown together, bodies, the user's own people."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from onrecord.days import first_day, last_day
from onrecord.errors import UsageError
from onrecord.people import People, Person, Role, lists, own
from onrecord.people.nouns import LAST_KNOWN_DAYS, Term


@pytest.fixture(scope="module")
def people():
    return People.load()


def one(people, name, on):
    return people.named(name, date.fromisoformat(on))[0]


def test_a_role_is_never_given_before_it_began_nor_after_it_ended(people):
    hollande = one(people, "François Hollande", "2016-05-01")
    assert people.role(hollande, date(2012, 5, 14)) is None
    assert people.role(hollande, date(2012, 5, 15)).title == "French President"
    assert people.role(hollande, date(2017, 5, 14)).title == "French President"
    assert people.role(hollande, date(2017, 5, 15)) is None


def test_on_the_day_of_a_change_the_holder_is_the_new_one(people):
    assert people.holder("the U.S. president", date(2025, 1, 20)).name == "Donald Trump"
    biden = one(people, "Joe Biden", "2024-05-01")
    assert people.role(biden, date(2025, 1, 20)).title == "U.S. President"


def test_a_role_that_may_have_ended_is_last_known_and_some_years_later_nothing(people):
    rutte = one(people, "Mark Rutte", "2025-05-01")
    role = people.role(rutte, date(2026, 11, 1))
    assert isinstance(role, Role)
    assert (role.title, role.status, role.until) == ("NATO Secretary General", "last known", None)
    assert people.role(rutte, date(2025, 12, 31) + timedelta(LAST_KNOWN_DAYS + 1)) is None


def test_the_weightiest_of_several_roles_is_given(people):
    assert people.role(one(people, "Angela Merkel", "2015-05-01"), date(2015, 5, 1)).title == "German Chancellor"
    assert people.role(one(people, "Xi Jinping", "2015-05-01"), date(2015, 5, 1)).title == "Chinese President"


def test_a_role_says_its_office_place_days_and_basis(people):
    role = people.role(one(people, "Jens Stoltenberg", "2020-05-01"), date(2020, 5, 1))
    assert (role.office, role.place) == ("secretary general", "NATO")
    assert (role.since, role.until) == (date(2014, 10, 1), date(2024, 10, 1))
    assert role.basis


def test_namesakes_are_all_given_and_none_is_chosen_without_a_reason(people):
    names = [p.name for p in people.named("Clinton", date(2016, 5, 1))]
    assert {"Hillary Clinton", "Bill Clinton", "Chelsea Clinton"} <= set(names)
    assert people.identify("Clinton", date(2016, 5, 1)) is None
    two = [p for p in people.named("Mike Rogers", date(2013, 5, 1)) if p.name == "Mike Rogers"]
    assert len({p.id for p in two}) == 2
    assert people.identify("Mike Rogers", date(2013, 5, 1)) is None


def test_words_that_speak_of_somewhere_else_speak_against_a_person(people):
    assert people.identify("Boris Johnson", date(2020, 5, 1), "Wisconsin senator") is None


def test_several_holders_are_all_given_and_no_single_one(people):
    assert {p.name for p in people.holders("Texas senator", date(2016, 5, 1))} == {"Ted Cruz", "John Cornyn"}
    assert people.holder("Texas senator", date(2016, 5, 1)) is None


def test_the_office_of_the_country_that_is_spoken_of(people):
    day = date(2012, 1, 1)
    assert people.holder("the president", day, country="France").name == "Nicolas Sarkozy"
    assert people.holder("the chancellor", day, country="Germany").name == "Angela Merkel"
    assert people.holder("the chancellor", day, country="United Kingdom").name == "George Osborne"
    assert people.holder("the president", day) is None


@pytest.mark.parametrize(
    "words",
    ["the former French president", "the then-French president", "the next French president", "", "the committee"],
)
def test_what_is_no_office_of_that_day_has_no_holder(people, words):
    assert people.holder(words, date(2016, 5, 1)) is None


@pytest.mark.parametrize("name", ["the Kremlin", "Downing Street", "NATO", "the White House", "IMF"])
def test_a_body_is_an_organisation(people, name):
    found = people.identify(name, date(2016, 5, 1)) or people.named(name)[0]
    assert found.type == "organisation"
    assert people.role(found, date(2016, 5, 1)) is None


@pytest.mark.parametrize("name", ["", " ", "the", "Mr.", "...", "—", "Ada Holm-Vesterberg", "x" * 5000, "习近平"])
def test_any_words_may_be_asked(people, name):
    assert people.named(name) == ()
    assert people.identify(name) is None


def test_an_id_gives_its_person(people):
    found = one(people, "Emmanuel Macron", "2020-05-01")
    assert people.get(found.id) == found
    assert people.get("Q0") is None


def test_half_told_dates_count_only_for_the_days_that_are_sure():
    assert (first_day("2015-02"), last_day("2015-02")) == (date(2015, 2, 1), date(2015, 2, 28))
    assert (first_day("2015"), last_day("2015")) == (date(2015, 1, 1), date(2015, 12, 31))
    with pytest.raises(ValueError, match="soon"):
        first_day("soon")


def test_a_term_that_was_foreseen_to_end_is_last_known_between_our_last_word_and_its_end():
    term = Term("senator", "Ohio", "", date(2020, 1, 3), date(2026, 1, 3), date(2024, 6, 1), "test")
    days = (date(2024, 6, 1), date(2024, 6, 2), date(2026, 1, 3), date(2026, 1, 4))
    assert [term.status(on) for on in days] == ["held", "last known", "last known", None]


def test_the_table_is_ready_within_a_tenth_of_a_second_of_work():
    code = (
        "import time; a = time.process_time(); from onrecord.people import People; p = People.load();"
        "b = time.process_time(); p.named('Macron'); c = time.process_time(); print(b - a, c - b)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(3)]
    loaded, first = (min(float(r.stdout.split()[i]) for r in runs) for i in (0, 1))
    assert loaded < 0.1
    assert first < 0.2


LIST = (
    "Full name,Role,Organisation,From,To,Party,Aliases\nAda Moro,mayor,Tarn Valley,2020-01-05,2024-01-04,Greens,A. M.\n"
)


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "council.csv"
    path.write_text(LIST, "utf-8")
    return path


def test_a_users_own_table_is_read_over_the_one_that_ships(mine):
    people = People.load((mine,))
    ada = people.identify("Ada Moro", date(2021, 5, 1))
    assert ada == people.holder("Tarn Valley's mayor", date(2021, 5, 1))
    assert people.role(ada, date(2021, 5, 1)).title == "Tarn Valley Mayor"
    assert people.role(ada, date(2024, 5, 1)) is None
    assert people.named("A. M.")[0] == ada
    assert people.holder("the French president", date(2016, 5, 1)).name == "François Hollande"


def test_a_missing_file_of_the_user_adds_nothing(tmp_path):
    assert People.load((tmp_path / "people.jsonl",)).named("Ada Moro") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("surname,job\nMoro,mayor\n", "has no column of names .its columns: surname, job.. Call one of them `name`"),
        ("name,since\n,2020\n", "line 2: it has no name; give one"),
        ("name,office,since\nAda,mayor,soon\n", "line 2: since is 'soon'; write 2024-03-15"),
        ("name,office,since\n\nAda,mayor,2020-13\n", "line 3: since is '2020-13'"),
        ("name,office,since,until\nAda,mayor,2020,2019\n", "line 2: it ends .2019. before it begins .2020."),
        ("name,since\nAda,2020\n", "line 2: it has dates but no office"),
        ("name,type\nAda,robot\n", "line 2: type is 'robot'; write person or organisation"),
    ],
)
def test_a_wrong_table_is_told_with_its_line_and_the_remedy(tmp_path, text, told):
    path = tmp_path / "wrong.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=told):
        lists.read(path)


def test_columns_are_guessed_from_their_names():
    found, unused = lists.guessed(["Person", "position", "start_date", "end date", "Shoe size"])
    assert found == {"name": "Person", "office": "position", "since": "start_date", "until": "end date"}
    assert unused == ("Shoe size",)


def test_the_users_file_only_grows_and_an_entry_can_be_taken_back_and_given_again(tmp_path):
    path = tmp_path / "people.jsonl"
    own.append(path, [{"do": "alias", "id": "Q3052772", "name": "Jupiter"}])
    assert People.load((path,)).identify("Jupiter", date(2020, 1, 1)).name == "Emmanuel Macron"
    own.append(path, [{"do": "undo", "entry": 1}])
    assert People.load((path,)).named("Jupiter") == ()
    own.append(path, [{"do": "undo", "entry": 2}])
    assert People.load((path,)).named("Jupiter")[0].name == "Emmanuel Macron"
    assert len(path.read_text("utf-8").splitlines()) == 3


def test_merged_people_are_one_with_all_names_and_terms(tmp_path, mine):
    path = tmp_path / "people.jsonl"
    rows = [{"do": "add", "row": lists.fields_of(r)} for r in lists.read(mine).rows]
    other = {"do": "add", "row": {"id": "own-a", "name": "Adele Moro", "office": "judge", "place": "Tarn"}}
    own.append(path, [*rows, other, {"do": "merge", "id": "own-ada-moro", "other": "own-a"}])
    people = People.load((path,))
    ada = people.get("own-a")
    assert isinstance(ada, Person)
    assert ada.id == "own-ada-moro"
    assert "Adele Moro" in ada.names
    assert {t.office for t in ada.terms} == {"mayor", "judge"}
    assert [p.id for p in people.named("Moro") if p.id.startswith("own")] == ["own-ada-moro"]


def test_a_name_that_is_split_from_somebody_no_longer_means_them(tmp_path):
    path = tmp_path / "people.jsonl"
    before = People.load().named("John Kennedy", date(2019, 5, 1))
    own.append(path, [{"do": "split", "name": "John Kennedy", "id": before[0].id}])
    after = People.load((path,)).named("John Kennedy", date(2019, 5, 1))
    assert after == before[1:]


def test_a_damaged_line_of_the_users_file_is_told_with_its_number(tmp_path):
    path = tmp_path / "people.jsonl"
    path.write_text('{"do": "alias", "id": "Q76", "name": "X"}\n{"do"\n', "utf-8")
    with pytest.raises(UsageError, match="line 2 is damaged"):
        People.load((path,))
