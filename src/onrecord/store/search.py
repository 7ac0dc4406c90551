"""The index of words: what each database needs to find a statement by its words and its speaker at once.

Both fold case and accents and stem with Porter's algorithm, without stop words, and break words where a character is
neither letter nor digit, so that both find the same. The speaker's id is indexed beside the words: a search for words
of one speaker meets in the index, not in the table.
"""

WORDS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "CREATE VIRTUAL TABLE words USING fts5(text, speaker, content='statements', content_rowid='number', "
        "tokenize='porter unicode61 remove_diacritics 2')",
        "CREATE TRIGGER words_added AFTER INSERT ON statements BEGIN "
        "INSERT INTO words(rowid, text, speaker) VALUES (new.number, new.text, new.speaker); END",
        "CREATE TRIGGER words_removed AFTER DELETE ON statements BEGIN "
        "INSERT INTO words(words, rowid, text, speaker) VALUES ('delete', old.number, old.text, old.speaker); END",
        "CREATE TRIGGER words_changed AFTER UPDATE OF text, speaker ON statements BEGIN "
        "INSERT INTO words(words, rowid, text, speaker) VALUES ('delete', old.number, old.text, old.speaker); "
        "INSERT INTO words(rowid, text, speaker) VALUES (new.number, new.text, new.speaker); END",
    ),
    "postgresql": (
        "CREATE TEXT SEARCH DICTIONARY onrecord_porter (TEMPLATE = snowball, LANGUAGE = porter)",
        "CREATE TEXT SEARCH CONFIGURATION onrecord (COPY = simple)",
        "ALTER TEXT SEARCH CONFIGURATION onrecord ALTER MAPPING FOR asciiword, word, numword WITH onrecord_porter",
        "ALTER TABLE statements ADD COLUMN words tsvector GENERATED ALWAYS AS ("
        "to_tsvector('onrecord', regexp_replace(text, '[^[:alnum:]]+', ' ', 'g')) "
        "|| array_to_tsvector(ARRAY['@' || coalesce(speaker, '')])) STORED",
        "CREATE INDEX ix_statements_words ON statements USING gin (words)",
    ),
}
