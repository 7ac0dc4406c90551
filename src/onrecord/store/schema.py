"""The tables of a record, the same on SQLite and PostgreSQL. Indexes that differ between the two are in search.py.

    runs <- articles <- printings, bands, copies
                     <- statements -> entities <- names
                     <- statements <- waiting, vectors, pairs
    judgements <- places; skipped, feeds, answers

Ids are hashes of what they name, so two programs that add the same articles write the same rows. `number` is a row's
place in its table and nothing more: it differs between records that are equal.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    TypeDecorator,
)
from sqlalchemy import Text as DatabaseText

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s"}
)


class Text(TypeDecorator[str]):
    """Words that both databases take: null characters and lone surrogates, of which no UTF-8 knows, are replaced."""

    impl = DatabaseText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 # sqlalchemy's own form
        """Give the words as they are kept."""
        return None if value is None else plain(value)


class Moment(TypeDecorator[datetime]):
    """A moment, in UTC whatever the database makes of it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 # the same
        """Give the moment in UTC: SQLite keeps no zone, PostgreSQL gives its own."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def plain(words: str) -> str:
    """Give words without what no database keeps."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


Number = BigInteger().with_variant(Integer, "sqlite")  # a row's own number: SQLite counts only in INTEGER

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("models", Text, nullable=False),  # JSON: [[name, digest], ...]
    Column("options", Text, nullable=False),  # JSON: [[name, value], ...]
    Column("recorded", Moment, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),  # hash of the text
    Column("text", Text, nullable=False),
    Column("name", Text, nullable=False),  # from here to authors: of the first printing
    Column("title", Text),
    Column("published", Date),
    Column("publisher", Text),
    Column("url", Text),
    Column("authors", Text, nullable=False),  # JSON: [name, ...]
    Column("run", ForeignKey("runs.id"), nullable=False),  # that found its statements
    Column("recorded", Moment, nullable=False, index=True),
)

printings = Table(
    "printings",
    metadata,
    Column("id", Text, primary_key=True),  # hash of article, publisher, url and published
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("published", Date),
    Column("publisher", Text),
    Column("url", Text),
    Column("authors", Text, nullable=False),
    Column("recorded", Moment, nullable=False),
)

bands = Table(  # of an article's MinHash sketch: articles that share one are likely copies
    "bands",
    metadata,
    Column("band", BigInteger, nullable=False),
    Column("article", ForeignKey("articles.id"), nullable=False),
    PrimaryKeyConstraint("band", "article").ddl_if(dialect="sqlite"),  # there the table is its index
    Index(None, "band").ddl_if(dialect="postgresql"),  # half as large as one of both columns
    sqlite_with_rowid=False,
)

copies = Table(  # near-duplicates; `first` is the smaller id
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
    Column("folded", Text, nullable=False),  # the name without case, accents and dots
    Index(None, "folded").ddl_if(dialect="sqlite"),
    Column("type", Text, nullable=False),
)

names = Table(  # the words of speakers' folded names
    "names",
    metadata,
    Column("word", Text, primary_key=True),
    Column("speaker", ForeignKey("entities.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

statements = Table(
    "statements",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),  # among the statements of its article, from 0
    Column("text", Text, nullable=False),  # the words of its content
    Column("indexed", Text, nullable=False),  # the same as the index of words holds them, see words.indexed
    Column("body", Text, nullable=False),  # the statement as it was found, see codec.statement_to_body
    Column("found", ForeignKey("entities.id")),  # the speaker as it was found
    Column("speaker", ForeignKey("entities.id")),  # the speaker with corrections and merges; so are those below
    Column("kind", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("first_day", Date),  # of the said date
    Column("last_day", Date),
    Column("day", Date),  # the first day of the said date, else the published one: for order and filters
    Column("dropped", Boolean, nullable=False),  # a person said that it is none
    Column("utterance", Text, nullable=False, index=True),  # the smallest id of the statements that report it
    Column("recorded", Moment, nullable=False),
    Index(None, "speaker", "day", "id", "dropped").ddl_if(dialect="sqlite"),  # all that a speaker's latest take
    Index(None, "act", "day").ddl_if(dialect="sqlite"),
    Index(None, "day").ddl_if(dialect="sqlite"),
    Index(None, "found"),
)
judgements = Table(  # only ever added to
    "judgements",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("target", Text, nullable=False, index=True),
    Column("value", Text),
    Column("note", Text),
    Column("article", Text, index=True),  # of a statement's: the place that outlives re-reading
    Column("start", Integer),
    Column("end", Integer),
)

skipped = Table(
    "skipped",
    metadata,
    Column("id", Text, primary_key=True),  # hash of name, step and reason
    Column("name", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded", Moment, nullable=False),
)

feeds = Table(  # what a server said of a page, to ask for it again only when it changed
    "feeds",
    metadata,
    Column("id", Text, primary_key=True),  # hash of the url, which may be longer than a key
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("fetched", Moment, nullable=False),
)

waiting = Table(  # statements that are not compared with the speaker's others yet
    "waiting",
    metadata,
    Column("statement", ForeignKey("statements.id"), primary_key=True),
    sqlite_with_rowid=False,
)

vectors = Table(  # of those that are, and that take a position
    "vectors",
    metadata,
    Column("statement", ForeignKey("statements.id"), primary_key=True),
    Column("vectors", LargeBinary, nullable=False),  # of its passages, see compare.candidates.packed
    sqlite_with_rowid=False,
)

pairs = Table(  # statements of one speaker of which the later one changes what the earlier one says
    "pairs",
    metadata,
    Column("id", Text, primary_key=True),  # hash of both statements
    Column("earlier", ForeignKey("statements.id"), nullable=False, index=True),
    Column("later", ForeignKey("statements.id"), nullable=False, index=True),
    Column("speaker", Text, nullable=False, index=True),  # of both: a pair is forgotten when one of them gets another
    Column("label", Text, nullable=False),
    Column("clash", Float, nullable=False),
    Column("body", Text, nullable=False),  # JSON: see comparing.Pair
    Column("judge", Text, nullable=False),  # that says so
)

places = Table(  # of a judgement about two statements: where they stand, which outlives a re-reading
    "places",
    metadata,
    Column("judgement", ForeignKey("judgements.id"), primary_key=True),
    Column("side", Text, primary_key=True),  # earlier, later
    Column("article", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

answers = Table(  # of a judge that costs money or time, to be asked once
    "answers",
    metadata,
    Column("id", Text, primary_key=True),  # hash of the judge's name and of what it was asked
    Column("judge", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("recorded", Moment, nullable=False),
)
