"""A draft held against the record: each quotation in, out whether it is there, word for word, and whose."""
