"""The tables of the first version, as schema.py and search.py had them: what is in each is told there."""

from typing import Any

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

revision = "0001"
down_revision = None


def _where(condition: ColumnElement[bool]) -> dict[str, Any]:
    return {"sqlite_where": condition, "postgresql_where": condition}


_LATEST: dict[str, Any] = {"postgresql_ops": {"day": "DESC NULLS LAST"}}


metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s"}
)


Number = BigInteger().with_variant(Integer, "sqlite")

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("models", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("recorded", DateTime(timezone=True), nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("published", Date),
    Column("publisher", Text),
    Column("url", Text),
    Column("authors", Text, nullable=False),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("recorded", DateTime(timezone=True), nullable=False),
)

printings = Table(
    "printings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("published", Date),
    Column("publisher", Text),
    Column("url", Text),
    Column("authors", Text, nullable=False),
    Column("recorded", DateTime(timezone=True), nullable=False),
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, nullable=False),
    Column("article", ForeignKey("articles.id"), nullable=False),
    PrimaryKeyConstraint("band", "article").ddl_if(dialect="sqlite"),
    Index(None, "band").ddl_if(dialect="postgresql"),
    sqlite_with_rowid=False,
)

copies = Table(
    "copies",
    metadata,
    Column("first", ForeignKey("articles.id"), primary_key=True),
    Column("second", ForeignKey("articles.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

entities = Table(
    "entities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Index(None, "folded", postgresql_using="hash"),
    Column("type", Text, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("indexed", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("found", ForeignKey("entities.id")),
    Column("speaker", ForeignKey("entities.id")),
    Column("kind", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("day", Date),
    Column("dropped", Boolean, nullable=False),
    Column("utterance", Text, nullable=False, index=True),
    Column("recorded", DateTime(timezone=True), nullable=False),
    Index(None, "speaker", "day", "id", "dropped", **_LATEST),
    Index(None, "act", "day", **_LATEST),
    Index(None, "day", **_LATEST),
    Index(None, "found"),
)
Index("ix_statements_stretches", statements.c.speaker, **_where(statements.c.last_day > statements.c.first_day))

judgements = Table(
    "judgements",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("target", Text, nullable=False, index=True),
    Column("value", Text),
    Column("note", Text),
    Column("article", Text, index=True),
    Column("start", Integer),
    Column("end", Integer),
)

skipped = Table(
    "skipped",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded", DateTime(timezone=True), nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("fetched", DateTime(timezone=True), nullable=False),
)

_CHANGED = "UPDATE OF indexed, speaker, act, day ON statements"
_ADD = "INSERT INTO words(rowid, indexed, facts) VALUES (new.number, new.indexed, new.facts);"
_REMOVE = "INSERT INTO words(words, rowid, indexed, facts) VALUES ('delete', old.number, old.indexed, old.facts);"

WORDS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "ALTER TABLE statements ADD COLUMN facts TEXT GENERATED ALWAYS AS ("
        "'s' || coalesce(speaker, '') || ' a' || act || ' y' || coalesce(substr(day, 1, 4), '') "
        "|| ' m' || coalesce(substr(day, 1, 4) || substr(day, 6, 2), '')) VIRTUAL",
        "CREATE VIRTUAL TABLE words USING fts5(indexed, facts, content='statements', content_rowid='number', "
        "tokenize='ascii')",
        f"CREATE TRIGGER words_added AFTER INSERT ON statements BEGIN {_ADD} END",
        f"CREATE TRIGGER words_removed AFTER DELETE ON statements BEGIN {_REMOVE} END",
        f"CREATE TRIGGER words_changed AFTER {_CHANGED} BEGIN {_REMOVE} {_ADD} END",
    ),
    "postgresql": (
        "ALTER TABLE statements ADD COLUMN words tsvector GENERATED ALWAYS AS ("
        "to_tsvector('simple'::regconfig, indexed) || array_to_tsvector(ARRAY["
        "'@s' || coalesce(speaker, ''), '@a' || act, '@y' || coalesce(lpad(extract(year from day)::text, 4, '0'), ''), "
        "'@m' || coalesce(lpad((extract(year from day) * 100 + extract(month from day))::text, 6, '0'), '')])) STORED",
        "ALTER TABLE statements ALTER COLUMN words SET STATISTICS 1000",  # 10,000 words: how common a word is decides
        "CREATE INDEX ix_statements_words ON statements USING gin (words)",
    ),
}


def upgrade() -> None:
    """Make the tables."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for statement in WORDS[connection.dialect.name]:
        connection.exec_driver_sql(statement)
