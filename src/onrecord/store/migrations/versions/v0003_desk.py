"""What the desk asks for at every turn: the articles that came in last, the pairs of one speaker."""

from alembic import op
from sqlalchemy import Column, Float, ForeignKey, MetaData, Table, Text

revision = "0003"
down_revision = "0002"

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s"}
)

statements = Table("statements", metadata, Column("id", Text, unique=True))

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


def upgrade() -> None:
    """Make the index, and the table of pairs anew, with whose they are: that is the earlier statement's speaker."""
    op.create_index("ix_articles_recorded", "articles", ["recorded"])
    connection = op.get_bind()
    connection.exec_driver_sql(
        "CREATE TEMPORARY TABLE kept AS SELECT pairs.id, earlier, later, statements.speaker, label, clash, pairs.body, "
        "judge FROM pairs JOIN statements ON statements.id = earlier WHERE statements.speaker IS NOT NULL"
    )
    connection.exec_driver_sql("DROP TABLE pairs")
    metadata.create_all(connection, tables=[PAIRS])
    connection.exec_driver_sql("INSERT INTO pairs SELECT * FROM kept")
    connection.exec_driver_sql("DROP TABLE kept")
