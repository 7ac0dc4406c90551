"""What the desk asks for at every turn: the articles that came in last, a speaker's pairs, names by their words."""

from alembic import op
from sqlalchemy import Column, Float, ForeignKey, MetaData, Table, Text, insert, select

revision = "0003"
down_revision = "0002"

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s"}
)

statements = Table("statements", metadata, Column("id", Text, unique=True))
entities = Table("entities", metadata, Column("id", Text, primary_key=True), Column("folded", Text))

PAIRS = Table(
    "pairs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("earlier", ForeignKey("statements.id"), nullable=False, index=True),
    Column("later", ForeignKey("statements.id"), nullable=False, index=True),
    Column("speaker", Text, nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("clash", Float, nullable=False),
    Column("body", Text, nullable=False),
    Column("judge", Text, nullable=False),
)
NAMES = Table(
    "names",
    metadata,
    Column("word", Text, primary_key=True),
    Column("speaker", ForeignKey("entities.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
LONGEST = 100  # letters of a word that count


def upgrade() -> None:
    """Make the index, the words of names, and the pairs anew with whose they are: the earlier statement's speaker's."""
    op.create_index("ix_articles_recorded", "articles", ["recorded"])
    connection = op.get_bind()
    metadata.create_all(connection, tables=[NAMES])
    for people in connection.execute(select(entities.c.id, entities.c.folded)).partitions(1000):
        rows = [{"word": w, "speaker": key} for key, name in people for w in {w[:LONGEST] for w in name.split()}]
        if rows:
            connection.execute(insert(NAMES), rows)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("CREATE INDEX ix_names_word ON names (word text_pattern_ops)")
    connection.exec_driver_sql(
        "CREATE TEMPORARY TABLE kept AS SELECT pairs.id, earlier, later, statements.speaker, label, clash, pairs.body, "
        "judge FROM pairs JOIN statements ON statements.id = earlier WHERE statements.speaker IS NOT NULL"
    )
    connection.exec_driver_sql("DROP TABLE pairs")
    metadata.create_all(connection, tables=[PAIRS])
    connection.exec_driver_sql("INSERT INTO pairs SELECT * FROM kept")
    connection.exec_driver_sql("DROP TABLE kept")
