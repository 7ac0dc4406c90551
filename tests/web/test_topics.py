"""What somebody speaks of most: words that many texts share, as they were written."""

from onrecord.web.topics import LEAST, topics


def test_what_many_texts_share_is_told_with_how_many():
    texts = ["The harbour fees fall.", "Harbour fees rise.", "No harbour fees at all.", "The ferry sails."]
    found = dict(topics(texts))
    assert any("harbour" in words.casefold() and n == LEAST for words, n in found.items())
    assert not any("ferry" in words.casefold() for words in found)


def test_a_word_said_often_in_one_text_is_one_text():
    assert topics(["Toll, toll, toll and toll."]) == []


def test_nothing_is_spoken_of_in_no_texts():
    assert topics([]) == []
