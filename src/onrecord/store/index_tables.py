"""The tables that answer questions: made from the newest extractions as judged, and made again at need.

The words of statements and articles stand in two more tables that each database has its own kind of
(index_sqlite.py, index_postgresql.py).
"""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, Table

from onrecord.store.columns import KeptText
from onrecord.store.tables import METADATA

# SQLite makes a column the rowid only where its type is INTEGER; PostgreSQL's INTEGER has 32 bits.
KEY = BigInteger().with_variant(Integer, "sqlite")

# The article that a capture shows. `shown_key` sorts by publication (index_moments.py). `head` is JSON: what
# a hit tells of the article; `packed` its text, blocks and breaks (index_articles.py).
shown_articles = Table(
    "shown_articles",
    METADATA,
    Column("shown_key", KEY, primary_key=True, autoincrement=False),
    Column("capture_key", KEY, nullable=False, unique=True),
    Column("article_key", KEY, nullable=False),
    Column("extraction_key", KEY, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("head", KeptText, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    Column("facets", KeptText, nullable=False),
    Index("shown_articles_by_statements", "statements"),  # so that a sum of them reads no text
)

# `statement_key` sorts by when it was said, else published. `evidence` is JSON (index_evidence.py), `facets`
# what the filters look for (index_facets.py).
statements = Table(
    "statements",
    METADATA,
    Column("statement_key", KEY, primary_key=True, autoincrement=False),
    Column("shown_key", KEY, nullable=False),
    Column("statement_id", LargeBinary, nullable=False),
    Column("person_key", KEY),
    Column("evidence", KeptText, nullable=False),
    Column("facets", KeptText, nullable=False),
    Index("statements_by_article", "shown_key"),
    Index("statements_by_id", "statement_id"),
    Index("statements_by_person", "person_key", "statement_key"),
)

# What is counted and sorted of many statements, one row each in few bytes: of the rows above a page holds
# ten, of these two hundred. `judged` is 1 where people judged it; `fineness` how finely its moment is known,
# 0 not at all to 4 by the minute; `facets` are some of its facets (index_overviews.py).
overviews = Table(
    "overviews",
    METADATA,
    Column("statement_key", KEY, primary_key=True, autoincrement=False),
    Column("judged", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("fineness", Integer, nullable=False),
    Column("facets", KeptText, nullable=False),
)
Index(
    "overviews_by_confidence",
    overviews.c.judged,
    overviews.c.confidence,
    overviews.c.statement_key.desc(),
)

# How many statements are of each day, by its number in the calendar; 0 are those of none.
statement_days = Table(
    "statement_days",
    METADATA,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("fineness", Integer, primary_key=True, autoincrement=False),
    Column("statements", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Whoever said something, one row a person's id; `canonical_key` is another row where two were judged one.
people = Table(
    "people",
    METADATA,
    Column("person_key", KEY, primary_key=True),
    Column("person_id", LargeBinary, nullable=False, unique=True),
    Column("kind", KeptText, nullable=False),
    Column("name", KeptText, nullable=False),
    Column("folded", KeptText, nullable=False),
    Column("canonical_key", KEY),
    Column("statements", Integer, nullable=False),
    Index("people_by_name", "folded"),
    Index("people_by_canonical", "canonical_key"),
)

# Every spelling of a name, and every word of one.
person_names = Table(
    "person_names",
    METADATA,
    Column("person_key", KEY, primary_key=True, autoincrement=False),
    Column("name", KeptText, primary_key=True),
)
person_words = Table(
    "person_words",
    METADATA,
    Column("word", KeptText, primary_key=True),
    Column("person_key", KEY, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# Whom people judged to be one: also ids that nobody bears yet.
merged_people = Table(
    "merged_people",
    METADATA,
    Column("person_id", LargeBinary, primary_key=True),
    Column("canonical_id", LargeBinary, nullable=False),
    Index("merged_people_by_canonical", "canonical_id"),
)

# `outlet` is "folded name@host".
outlets = Table(
    "outlets",
    METADATA,
    Column("outlet_key", KEY, primary_key=True),
    Column("outlet", KeptText, nullable=False, unique=True),
    Column("name", KeptText, nullable=False),
    Column("folded", KeptText, nullable=False),
    Column("host", KeptText, nullable=False),
    Index("outlets_by_name", "folded"),
    Index("outlets_by_host", "host"),
)

# `place` is the gazetteer's id of it; "name:" and the folded name of one that the gazetteer lacks.
places = Table(
    "places",
    METADATA,
    Column("place_key", KEY, primary_key=True),
    Column("place", KeptText, nullable=False, unique=True),
    Column("name", KeptText, nullable=False),
    Column("kind", KeptText),
    Column("country", KeptText),
    Column("subdivision", KeptText),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("radius_km", Float),
    Index("places_by_latitude", "latitude", "longitude"),
)
place_names = Table(
    "place_names",
    METADATA,
    Column("folded", KeptText, primary_key=True),
    Column("place_key", KEY, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# Every word, and how many statements and articles hold it: what a search costs is known before it is made.
words = Table(
    "words",
    METADATA,
    Column("word", KeptText, primary_key=True),
    Column("statements", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    sqlite_with_rowid=False,
)
