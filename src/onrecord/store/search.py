"""The index of words: what each database needs to find a statement by its words and its speaker at once.

What is indexed is made in words.py, the same for both. The speaker's id is indexed beside the words: a search for words
of one speaker meets in the index, not in the table.
"""

WORDS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "CREATE VIRTUAL TABLE words USING fts5(indexed, speaker, content='statements', content_rowid='number', "
        "tokenize='ascii')",
        "CREATE TRIGGER words_added AFTER INSERT ON statements BEGIN "
        "INSERT INTO words(rowid, indexed, speaker) VALUES (new.number, new.indexed, new.speaker); END",
        "CREATE TRIGGER words_removed AFTER DELETE ON statements BEGIN "
        "INSERT INTO words(words, rowid, indexed, speaker) "
        "VALUES ('delete', old.number, old.indexed, old.speaker); END",
        "CREATE TRIGGER words_changed AFTER UPDATE OF indexed, speaker ON statements BEGIN "
        "INSERT INTO words(words, rowid, indexed, speaker) VALUES ('delete', old.number, old.indexed, old.speaker); "
        "INSERT INTO words(rowid, indexed, speaker) VALUES (new.number, new.indexed, new.speaker); END",
    ),
    "postgresql": (
        "ALTER TABLE statements ADD COLUMN words tsvector GENERATED ALWAYS AS ("
        "to_tsvector('simple'::regconfig, indexed) || array_to_tsvector(ARRAY['@' || coalesce(speaker, '')])) STORED",
        "CREATE INDEX ix_statements_words ON statements USING gin (words)",
    ),
}
