"""What each codebook was read as, beside its text.

Revision ID: 0003
"""

from alembic import op
from sqlalchemy import text

from annotator.store.codebook_readings import store_readings

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and read every codebook once more."""
    op.execute(text("ALTER TABLE codebook_version ADD COLUMN reading TEXT DEFAULT '' NOT NULL"))
    store_readings(op.get_bind())
