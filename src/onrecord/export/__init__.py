"""Records written for other eyes and programs, one module a format; a record goes in, text comes out."""
