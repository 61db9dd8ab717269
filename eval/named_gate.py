"""The gate of who, when and where: speakers, coreference, times and places, held above pinned floors.

In: the folder of the corpora (`meantime`, `gum`, `timex`, `places`) and `named_floors.toml`. Out: scores
in points, and what has dropped. All is read by one engine, as `eval.speakers`, `eval.coreference`,
`eval.times` and `eval.places` read it; of times and places the held-out fifths alone.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eval import coreference, speakers, times
from eval import gate as gates
from eval.figures import summarise
from eval.gum import GumDocument
from eval.gum_attributions import read_speakers
from eval.gum_split import read_split
from eval.meantime import WITHIN, read_meantime
from eval.place_corpora import PlaceDocument
from eval.place_figures import score as score_places
from eval.places import CORPORA, read_corpus
from eval.sayings import SpeakerDocument
from onrecord.engine import Engine
from onrecord.errors import InputError
from onrecord.extract.parts import Setting, read_parts
from onrecord.record import PlaceValue, TimeValue

FLOORS = Path(__file__).parent / "named_floors.toml"
FILES = {
    "meantime": Path("meantime/airbus-apple.tar.xz"),
    "gum": Path("gum/dev.conllu.gz"),
    "timex": Path("timex") / times.ARCHIVE,
    "lgl": Path("places/lgl.xml.gz"),
    "geowebnews": Path("places/geowebnews.tar.xz"),
}
HEADER = """\
# Floors of the gate of who, when and where, in points: of the sayings found, those with the right
# speaker (all of MEANTIME, the third person of GUM's dev split); the CoNLL figure of coreference on GUM's
# dev split, exact, single mentions too; of the held-out fifth of TempEval-3's training documents, F1 of
# strict spans and of values; of the held-out fifths of LGL and GeoWebNews, F1 of strict spans and, of
# those found, the share within 161 km. `articles` is how many documents that is, `sha256` is over the
# files, and the names and texts of these documents.
# Written by `python -m eval namedgate --update` (which never lowers) and `--accept-lower`; not by hand.
"""
# Of the held-out fifth of LGL, the first by name: all 134 would take longer than the rest together.
MOST_PLACES = 60
Scores = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The documents that the gate scores; `files_sha256` is over the files that they were read from."""

    meantime: Sequence[SpeakerDocument]
    gum: Sequence[GumDocument]
    timex: Sequence[times.Document]
    places: Mapping[str, Sequence[PlaceDocument]]
    files_sha256: str

    def texts(self) -> Iterator[tuple[str, str]]:
        """The name and text of each document, corpus by corpus."""
        for documents in (self.meantime, self.gum, self.timex, *self.places.values()):
            yield from ((d.name, d.text) for d in documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What is judged: who speaks in a document, what means the same, and the times and places of a text."""

    speakers: speakers.Read
    coreference: coreference.Predict
    times: times.Predict
    places: Callable[[str], Sequence[PlaceValue]]


def readers_of(engine: Engine) -> Readers:
    """The readers that are this engine's."""
    return Readers(
        speakers=speakers.reader_of(engine),
        coreference=coreference.predictor_of(engine.encoder),
        times=partial(read_times, engine),
        places=lambda text: engine.parts_of(text).places,
    )


def read_times(engine: Engine, text: str, dct: str) -> Sequence[TimeValue]:
    """The times with a value that the engine reads in a text whose paragraphs are parted by empty lines."""
    setting = Setting(article_id="", published=times.moment_of(dct))
    return times.known_only(read_parts(text, times.page_of(text).paragraphs, engine, setting).times)


def read_part(folder: Path, points: Mapping[int, tuple[float, float]]) -> Part:
    """The documents that the gate scores; raises `InputError` where a file is not there.

    `points` are those of GeoNames ids, for the gold of what holds an id alone.
    """
    expect_files(folder)
    files = {name: folder / path for name, path in FILES.items()}
    placed = {name: read_corpus(name, folder / "places", dict(points)) for name in CORPORA}
    return Part(
        meantime=list(read_meantime(files["meantime"], WITHIN)),
        gum=read_split(folder / "gum", "dev"),
        timex=[d for d in times.read_documents(files["timex"]) if times.is_held_out(d.name)],
        places={n: [d for d in held if d.split == "held-out"][:MOST_PLACES] for n, held in placed.items()},
        files_sha256=hash_parts(path.read_bytes() for path in files.values()),
    )


def expect_files(folder: Path) -> None:
    """Raises `InputError` where a file of the corpora is not there."""
    for path in FILES.values():
        if not (folder / path).is_file():
            raise InputError(
                "There is no such file.",
                where=str(folder / path),
                cure="Give the folder of the corpora with --data.",
            )


def hash_part(part: Part) -> str:
    """The hash over the files, and the names and texts of the documents."""
    return hash_parts([part.files_sha256.encode(), *(s.encode() for pair in part.texts() for s in pair)])


def hash_parts(parts: Iterator[bytes] | Sequence[bytes]) -> str:
    """SHA-256 over these, each preceded by its length."""
    digest = hashlib.sha256()
    for one in parts:
        digest.update(len(one).to_bytes(8, "big"))
        digest.update(one)
    return digest.hexdigest()


def judge_named(part: Part, readers: Readers, floors: gates.Floors) -> gates.Verdict:
    """The verdict on an engine's readers; a part that is not the pinned one is not scored."""
    return gates.judge_part("The documents", hash_part(part), floors, lambda: score_part(part, readers))


def floors_for(part: Part, scores: Mapping[str, float]) -> gates.Floors:
    """Floors for these scores on this part, lower or not."""
    return gates.set_floors(sum(1 for _ in part.texts()), hash_part(part), scores)


def score_part(part: Part, readers: Readers) -> Scores:
    """The points of every figure that the gate holds; 0 where no document tells of it."""
    said = [read_speakers(document) for document in part.gum]
    return {
        "meantime_speakers": _score_speakers(part.meantime, readers, "all"),
        "gum_speakers": _score_speakers(said, readers, "third person"),
        **_score_coreference(part.gum, readers),
        **_score_times(part.timex, readers),
        **_score_places(part.places, readers),
    }


def _score_speakers(documents: Sequence[SpeakerDocument], readers: Readers, group: str) -> float:
    figures = summarise(speakers.measure(documents, readers.speakers)[0])
    right = figures.get(f"{group}: right")
    return 100 * right.f1 if right else 0.0


def _score_coreference(documents: Sequence[GumDocument], readers: Readers) -> Scores:
    pairs = [
        (
            coreference.gold_clusters(d),
            coreference.found_clusters(readers.coreference(d.text, d.paragraphs)),
        )
        for d in documents
    ]
    people = [(coreference.keep_people(gold), coreference.keep_people(found)) for gold, found in pairs]
    shown = {"gum_coreference": pairs, "gum_coreference_of_people": people}
    figures = {n: coreference.score([coreference.match_spans(*p) for p in held]) for n, held in shown.items()}
    return {name: 100 * held["conll"].f1 if held else 0.0 for name, held in figures.items()}


def _score_times(documents: Sequence[times.Document], readers: Readers) -> Scores:
    counts = times.score(documents, readers.times)
    return {"times_spans": counts.f1(counts.strict), "times_values": counts.f1(counts.value)}


def _score_places(corpora: Mapping[str, Sequence[PlaceDocument]], readers: Readers) -> Scores:
    figures = {name: score_places(held, readers.places).figures() for name, held in corpora.items()}
    wanted = {"found": "strict_f1", "near": "near"}
    return {f"{name}_{what}": held[key] for name, held in figures.items() for what, key in wanted.items()}
