"""The record kept: one SQLite file, or a PostgreSQL database, behind one set of types."""
