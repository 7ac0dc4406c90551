import pytest

from onrecord.ingest.names import EXAMPLES, Byline, byline, people


@pytest.mark.parametrize(("line", "authors", "outlet"), EXAMPLES)
def test_a_byline_reads_as_its_example_says(line, authors, outlet):
    found = byline(line) or Byline()
    assert (found.authors, found.outlet) == (authors, outlet)


def test_words_that_are_no_names_give_no_authors():
    assert people("three ports agreed on a toll") == Byline()
