"""The register of enrolled experts: a reference, and whom it belongs to as ciphertext."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the register."""
    op.create_table(
        "experts",
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name="pk_experts"),
    )


def downgrade() -> None:
    """Take it away, with all that it holds."""
    op.drop_table("experts")
