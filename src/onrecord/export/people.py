"""Who speaks in an export: statements go in one by one, a row for each person comes out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.export.columns import Value
from onrecord.export.scene import Scene
from onrecord.record import Statement

PEOPLE_COLUMNS = ("name", "kind", "statements", "articles", "names", "descriptions", "person_id")


@dataclass(slots=True)
class _Met:
    kind: str
    names: Counter[str] = field(default_factory=Counter)
    descriptions: dict[str, None] = field(default_factory=dict)
    articles: int = 0
    last_article: str = ""


class People:
    """Gathers the persons of the statements; what it holds grows with their number alone."""

    def __init__(self) -> None:
        self._met: dict[str, _Met] = {}

    def add(self, statement: Statement, scene: Scene) -> None:
        """Counts the statement for whoever made it; unknown speakers and nameless ones are left out."""
        person, entity = scene.person_of(statement), scene.speaker_of(statement)
        if person is None or entity is None:
            return
        met = self._met.setdefault(person, _Met(entity.kind))
        met.names[entity.name] += 1
        met.descriptions.update(dict.fromkeys(one.text for one in entity.descriptions))
        if met.last_article != statement.article_id:
            met.articles += 1
            met.last_article = statement.article_id

    def list_rows(self) -> Iterator[tuple[Value, ...]]:
        """A row a person, whoever said most first; of several names the most frequent leads."""
        for person, met in sorted(self._met.items(), key=lambda one: (-one[1].names.total(), one[0])):
            names = tuple(name for name, _ in met.names.most_common())
            said = met.names.total()
            yield names[0], met.kind, said, met.articles, names, tuple(met.descriptions), person
