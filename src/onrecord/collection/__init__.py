"""A collection: one record that is kept, and all that can be done with it, from Python."""
