"""The documents of a split of GUM that have words.

In: the folder of the corpus. Out: its documents without those from Reddit: their words may not be
passed on, and the copies that are have an underscore for each letter, of which nothing can be read.
"""

from pathlib import Path

from eval.gum import GumDocument, read_gum
from onrecord.errors import InputError


def read_split(folder: Path, split: str = "dev") -> list[GumDocument]:
    """The documents of a split; raises `InputError` where its file is missing."""
    path = folder / f"{split}.conllu.gz"
    if not path.is_file():
        raise InputError(
            "There is no such file.", where=str(path), cure="Name the folder of GUM with --data."
        )
    return [document for document in read_gum(path) if not is_masked(document)]


def is_masked(document: GumDocument) -> bool:
    """Whether the words of a document are blanked out."""
    blank = sum(set(token.text) == {"_"} for token in document.tokens)
    return 2 * blank > len(document.tokens)
