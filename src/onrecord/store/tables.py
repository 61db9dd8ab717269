"""The tables of what is kept for good: captures, what was read from them, and what people said of that.

Rows here are added and never changed, but for the pointer to a capture's newest extraction and the end of a
run. All else that a store holds (store/index_tables.py) is made from these and can be made again.
"""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)

from onrecord.store.columns import KeptText

METADATA = MetaData()

# The bytes as they came, packed (zlib), by their hash: the same bytes are kept once.
bodies = Table(
    "bodies",
    METADATA,
    Column("sha256", KeptText, primary_key=True),
    Column("size_bytes", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

# Bytes at an address with what was stated beside them; `newest_key` is the extraction that is shown.
captures = Table(
    "captures",
    METADATA,
    Column("capture_key", Integer, primary_key=True),
    Column("capture_id", KeptText, nullable=False, unique=True),
    Column("sha256", KeptText, ForeignKey("bodies.sha256"), nullable=False),
    Column("url", KeptText),
    Column("newest_key", Integer),  # extractions.extraction_key; no constraint, the two point at each other
    Index("captures_by_sha256", "sha256"),
    Index("captures_by_url", "url"),
)

# Where and when a capture was met: in which file or archive, fetched when; `meta_json` is the capture without
# its bytes as it was then.
sightings = Table(
    "sightings",
    METADATA,
    Column("sighting_key", Integer, primary_key=True),
    Column("capture_key", Integer, ForeignKey("captures.capture_key"), nullable=False),
    Column("sighting_id", KeptText, nullable=False, unique=True),
    Column("meta_json", KeptText, nullable=False),
    Index("sightings_by_capture", "capture_key"),
)

articles = Table(
    "articles",
    METADATA,
    Column("article_key", Integer, primary_key=True),
    Column("article_id", KeptText, nullable=False, unique=True),
    Column("capture_key", Integer, ForeignKey("captures.capture_key"), nullable=False),
    Index("articles_by_capture", "capture_key"),
)

# What one reading made of a capture: the record as JSON without the bytes, packed (zlib). `extraction_id` is
# a hash of that JSON, so that two readings that give the same are one extraction.
extractions = Table(
    "extractions",
    METADATA,
    Column("extraction_key", Integer, primary_key=True),
    Column("extraction_id", KeptText, nullable=False, unique=True),
    Column("article_key", Integer, ForeignKey("articles.article_key"), nullable=False),
    Column("reader", KeptText, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    Index("extractions_by_article", "article_key"),
)

# The vectors of an extraction's statements, packed (packing.py), and the model that made them.
meanings = Table(
    "meanings",
    METADATA,
    Column("extraction_key", Integer, ForeignKey("extractions.extraction_key"), primary_key=True),
    Column("model", KeptText, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

failures = Table(
    "failures",
    METADATA,
    Column("failure_key", Integer, primary_key=True),
    Column("failure_id", KeptText, nullable=False, unique=True),
    Column("stage", KeptText, nullable=False),
    Column("reason", KeptText, nullable=False),
    Column("detail", KeptText, nullable=False),
    Column("subject", KeptText, nullable=False),
    Column("reader", KeptText, nullable=False),
)

# Which captures were read, with what and how, and what came of it: an extraction or a failure.
readings = Table(
    "readings",
    METADATA,
    Column("reading_key", Integer, primary_key=True),
    Column("capture_key", Integer, ForeignKey("captures.capture_key"), nullable=False),
    Column("reader", KeptText, nullable=False),
    Column("settings", KeptText, nullable=False),
    Column("extraction_key", Integer, ForeignKey("extractions.extraction_key")),
    Column("failure_key", Integer, ForeignKey("failures.failure_key")),
    UniqueConstraint("capture_key", "reader", "settings"),
)

runs = Table(
    "runs",
    METADATA,
    Column("run_key", Integer, primary_key=True),
    Column("run_id", KeptText, nullable=False, unique=True),
    Column("reader", KeptText, nullable=False),
    Column("started_at", KeptText, nullable=False),
    Column("ended_at", KeptText),
    Column("added", Integer, nullable=False, default=0),
    Column("known", Integer, nullable=False, default=0),
    Column("failed", Integer, nullable=False, default=0),
)

# Judgements as JSON; the columns beside it find those of a statement, an article, a capture.
judgements = Table(
    "judgements",
    METADATA,
    Column("judgement_key", Integer, primary_key=True),
    Column("judgement_id", KeptText, nullable=False, unique=True),
    Column("kind", KeptText, nullable=False),
    Column("statement_id", KeptText),
    Column("capture_id", KeptText),
    Column("judgement_json", KeptText, nullable=False),
    Index("judgements_by_capture", "capture_id"),
)

withdrawals = Table(
    "withdrawals",
    METADATA,
    Column("judgement_id", KeptText, ForeignKey("judgements.judgement_id"), primary_key=True),
    Column("by", KeptText, nullable=False),
    Column("at", KeptText, nullable=False),
)

# What the store says of itself: "index", the version of the tables that are made from these.
about = Table(
    "about",
    METADATA,
    Column("name", KeptText, primary_key=True),
    Column("value", KeptText, nullable=False),
)

# The tables above, which the migrations make and change; all others can be made again from them.
KEPT_TABLES = tuple(METADATA.sorted_tables)
