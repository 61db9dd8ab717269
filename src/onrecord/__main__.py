"""`python -m onrecord` is the command line."""

from onrecord.cli import main

if __name__ == "__main__":  # the workers of `add` load this module too, and are to read, not to run it
    main()
