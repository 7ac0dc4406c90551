"""What is kept of comparisons: all statements of a record that is brought up to date wait to be compared."""

from alembic import op
from sqlalchemy import Column, DateTime, Float, ForeignKey, Integer, LargeBinary, MetaData, Table, Text

revision = "0002"
down_revision = "0001"

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s"}
)

statements = Table("statements", metadata, Column("id", Text, unique=True))
judgements = Table("judgements", metadata, Column("id", Text, unique=True))

NEW = (
    Table(
        "waiting",
        metadata,
        Column("statement", ForeignKey("statements.id"), primary_key=True),
        sqlite_with_rowid=False,
    ),
    Table(
        "vectors",
        metadata,
        Column("statement", ForeignKey("statements.id"), primary_key=True),
        Column("vectors", LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    ),
    Table(
        "pairs",
        metadata,
        Column("id", Text, primary_key=True),
        Column("earlier", ForeignKey("statements.id"), nullable=False, index=True),
        Column("later", ForeignKey("statements.id"), nullable=False, index=True),
        Column("label", Text, nullable=False),
        Column("clash", Float, nullable=False),
        Column("body", Text, nullable=False),
        Column("judge", Text, nullable=False),
    ),
    Table(
        "places",
        metadata,
        Column("judgement", ForeignKey("judgements.id"), primary_key=True),
        Column("side", Text, primary_key=True),
        Column("article", Text, nullable=False),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
    ),
    Table(
        "answers",
        metadata,
        Column("id", Text, primary_key=True),
        Column("judge", Text, nullable=False),
        Column("answer", Text, nullable=False),
        Column("recorded", DateTime(timezone=True), nullable=False),
    ),
)


def upgrade() -> None:
    """Make the new tables, and let all statements wait."""
    connection = op.get_bind()
    metadata.create_all(connection, tables=NEW)
    connection.exec_driver_sql("INSERT INTO waiting SELECT id FROM statements")
