"""The first tables: captures, what was read from them, runs, and judgements."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Makes them."""
    _make_captures()
    _make_readings()
    _make_judgements()
    op.create_table(
        "about", sa.Column("name", Words, primary_key=True), sa.Column("value", Words, nullable=False)
    )


def _make_captures() -> None:
    op.create_table(
        "bodies",
        sa.Column("sha256", Words, primary_key=True),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "captures",
        sa.Column("capture_key", sa.Integer, primary_key=True),
        sa.Column("capture_id", Words, nullable=False, unique=True),
        sa.Column("sha256", Words, sa.ForeignKey("bodies.sha256"), nullable=False),
        sa.Column("url", Words),
        sa.Column("newest_key", sa.Integer),
    )
    op.create_index("captures_by_sha256", "captures", ["sha256"])
    op.create_index("captures_by_url", "captures", ["url"])
    op.create_table(
        "sightings",
        sa.Column("sighting_key", sa.Integer, primary_key=True),
        sa.Column("capture_key", sa.Integer, sa.ForeignKey("captures.capture_key"), nullable=False),
        sa.Column("sighting_id", Words, nullable=False, unique=True),
        sa.Column("meta_json", Words, nullable=False),
    )
    op.create_index("sightings_by_capture", "sightings", ["capture_key"])


def _make_readings() -> None:
    op.create_table(
        "articles",
        sa.Column("article_key", sa.Integer, primary_key=True),
        sa.Column("article_id", Words, nullable=False, unique=True),
        sa.Column("capture_key", sa.Integer, sa.ForeignKey("captures.capture_key"), nullable=False),
    )
    op.create_index("articles_by_capture", "articles", ["capture_key"])
    op.create_table(
        "extractions",
        sa.Column("extraction_key", sa.Integer, primary_key=True),
        sa.Column("extraction_id", Words, nullable=False, unique=True),
        sa.Column("article_key", sa.Integer, sa.ForeignKey("articles.article_key"), nullable=False),
        sa.Column("reader", Words, nullable=False),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
    op.create_index("extractions_by_article", "extractions", ["article_key"])
    op.create_table(
        "meanings",
        sa.Column(
            "extraction_key", sa.Integer, sa.ForeignKey("extractions.extraction_key"), primary_key=True
        ),
        sa.Column("model", Words, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "failures",
        sa.Column("failure_key", sa.Integer, primary_key=True),
        sa.Column("failure_id", Words, nullable=False, unique=True),
        *(
            sa.Column(name, Words, nullable=False)
            for name in ("stage", "reason", "detail", "subject", "reader")
        ),
    )
    op.create_table(
        "readings",
        sa.Column("reading_key", sa.Integer, primary_key=True),
        sa.Column("capture_key", sa.Integer, sa.ForeignKey("captures.capture_key"), nullable=False),
        sa.Column("reader", Words, nullable=False),
        sa.Column("settings", Words, nullable=False),
        sa.Column("extraction_key", sa.Integer, sa.ForeignKey("extractions.extraction_key")),
        sa.Column("failure_key", sa.Integer, sa.ForeignKey("failures.failure_key")),
        sa.UniqueConstraint("capture_key", "reader", "settings"),
    )
    op.create_table(
        "runs",
        sa.Column("run_key", sa.Integer, primary_key=True),
        sa.Column("run_id", Words, nullable=False, unique=True),
        sa.Column("reader", Words, nullable=False),
        sa.Column("started_at", Words, nullable=False),
        sa.Column("ended_at", Words),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("added", "known", "failed")),
    )


def _make_judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("judgement_key", sa.Integer, primary_key=True),
        sa.Column("judgement_id", Words, nullable=False, unique=True),
        sa.Column("kind", Words, nullable=False),
        sa.Column("statement_id", Words),
        sa.Column("capture_id", Words),
        sa.Column("judgement_json", Words, nullable=False),
    )
    op.create_index("judgements_by_capture", "judgements", ["capture_id"])
    op.create_table(
        "withdrawals",
        sa.Column("judgement_id", Words, sa.ForeignKey("judgements.judgement_id"), primary_key=True),
        sa.Column("by", Words, nullable=False),
        sa.Column("at", Words, nullable=False),
    )
