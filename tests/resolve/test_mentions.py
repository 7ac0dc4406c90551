import pytest

from onrecord.resolve.lexicon import lexicon
from onrecord.resolve.mentions import mentions

# The text, and its names as (name, sort, role).
CASES = [
    ("He met Foreign Minister Anna Moro there.", [("Anna Moro", "person", "Foreign Minister")]),
    ("Mr. Lind left.", [("Lind", "person", None)]),
    ("The Bank of Tarn closed.", [("Bank of Tarn", "organisation", None)]),
    ("He left Paris for NATO.", [("Paris", "place", None), ("NATO", "organisation", None)]),
    ("The Tarn Post wrote of April.", [("Tarn Post", "organisation", None)]),
    ("Stephen King spoke.", [("Stephen King", "person", None)]),
    ("Will Smith spoke in May.", [("Will Smith", "person", None)]),
    ("Maria del Rio-Vega's aide left.", [("Maria", "person", None), ("Rio-Vega", "unknown", None)]),
    ("Jan van der Berg's aide left.", [("Jan van der Berg", "person", None)]),
    ("They said so. Perhaps they will.", []),
    ("Fishing is hard. They like fishing.", []),
]


@pytest.mark.parametrize(("text", "names"), CASES)
def test_names_are_found_and_sorted(text, names):
    assert [(m.name, m.sort, m.role) for m in mentions(text)] == names


def test_a_quotation_that_ends_before_it_is_no_part_of_a_role():
    (found,) = [m for m in mentions('"We ease now, not in October," governor Anna Moro said.') if m.name == "Anna Moro"]
    assert found.role == "governor"


def test_full_stop_ends_a_role_that_stands_before_a_name():
    assert [m.role for m in mentions("He left the House. President Moro stayed.") if m.name == "Moro"] == ["President"]


@pytest.mark.parametrize(
    ("word", "country"), [("French", "France"), ("Tehran", "Iran"), ("U.S.", "United States"), ("Poles", None)]
)
def test_words_for_countries_are_known(word, country):
    assert lexicon().country(word) == country


def test_name_of_either_gender_has_none():
    assert lexicon().given["robin"] is None
    assert (lexicon().given["anna"], lexicon().given["peter"]) == ("f", "m")
