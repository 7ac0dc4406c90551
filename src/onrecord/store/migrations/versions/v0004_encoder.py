"""Another encoder: its vectors lie beside no others, so all that was compared is compared anew. Verdicts stay."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Forget vectors and pairs, and let every statement wait."""
    for table in ("pairs", "vectors", "waiting"):
        op.execute(f"DELETE FROM {table}")  # noqa: S608 # of the three names above
    op.execute("INSERT INTO waiting SELECT id FROM statements")
