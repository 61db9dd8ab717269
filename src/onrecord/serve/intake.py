"""What was dropped in to be added: each drop is read in the background, and tells how far it is."""

from onrecord.collection.face import Collection


class Intakes:
    """All drops of this server, running and done."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    def close(self) -> None:
        """Ends what is running; what was read is kept."""
