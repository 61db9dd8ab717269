"""The gazetteer: places by name, offline, in one file that is built from installed packages or a GeoNames
dump.

In: names. Out: candidates, each an entry with its population and what kind of name it goes by.
"""
