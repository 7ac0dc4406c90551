import codecs

import pytest

from onrecord.errors import EmptyInput, NotText
from onrecord.ingest.decode import MAGIC, decode

TEXT = "“We will pay,” said Zoë Quill — the café’s owner.\r\nIt costs £5.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_text_without_a_mark_comes_back_as_it_was_written(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_is_obeyed_and_kept(encoding):
    assert decode(("\ufeff" + TEXT).encode(encoding)) == "\ufeff" + TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_by_its_zero_bytes(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


def test_a_charset_that_html_declares_is_believed():
    page = '<html><head><meta charset="windows-1251"></head><body>Порт согласен, сказал он</body></html>'
    assert decode(page.encode("windows-1251"), markup=True) == page


@pytest.mark.parametrize("charset", ["iso-8859-1", "no-such-charset", "unicode_escape", "hex"])
def test_a_wrong_charset_in_html_does_no_harm(charset):
    page = f'<html><head><meta charset="{charset}"></head><body>“We will pay,” said Zoë</body></html>'
    assert decode(page.encode("windows-1252"), markup=True) == page


def test_a_damaged_byte_leaves_the_other_characters_of_utf_8_alone():
    assert decode((TEXT * 3).encode() + b"\xe2\x80") == TEXT * 3 + "\ufffd"


def test_text_in_a_rarer_encoding_is_guessed():
    text = "Порты договорились о пошлине, сообщил министр на встрече с журналистами в понедельник. " * 5
    assert decode(text.encode("windows-1251")) == text


@pytest.mark.parametrize(("magic", "what", "remedy"), MAGIC)
def test_a_known_binary_type_is_named_with_its_remedy(magic, what, remedy):
    with pytest.raises(NotText) as caught:
        decode(magic + b"\x00\x01\x02 and more")
    assert str(caught.value) == f"it looks like {what}; {remedy}"


@pytest.mark.parametrize("data", [b"Three ports\x00agreed", b"Three \x01\x02\x03\x04 ports", bytes(range(256)) * 9])
def test_zero_bytes_and_control_characters_are_no_text(data):
    with pytest.raises(NotText, match="save it as"):
        decode(data)


def test_a_lone_control_character_is_forgiven():
    assert decode(b"Three ports\x0cagreed\x01.") == "Three ports\x0cagreed\x01."


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_nothing_is_an_empty_input(data):
    with pytest.raises(EmptyInput):
        decode(data)


def test_a_mark_of_utf_32_is_not_taken_for_one_of_utf_16():
    assert codecs.BOM_UTF32_LE.startswith(codecs.BOM_UTF16_LE)
    assert decode("\ufeffNo.".encode("utf-32-le")) == "\ufeffNo."
