"""Label Studio: records as judged in, out a JSON list of tasks, an article each with its statements marked.

All statements are one prediction; those that somebody accepted or corrected are an annotation as well.
Offsets are code points: since 2022 Label Studio stores these (its pull requests 1559 and 6135; its own test
of texts with emoji expects them). It knows no discontinuous spans: the parts of one are regions that the
relation "Continues" joins. `LABELLING_CONFIG` is what the project must be set up with.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, BinaryIO
from xml.sax.saxutils import quoteattr

from onrecord.export.base import ExportContext, Format, count_records, dump_json
from onrecord.export.doccano import describe_article
from onrecord.export.markings import ATTRIBUTES, LABELS, Marking, list_markings
from onrecord.export.regions import LINK_KINDS, Region, Tie, clean_text, list_regions
from onrecord.record import Judged, Record

# The names of the tags that a result is tied to, here and in the configuration.
TEXT_TAG, LABEL_TAG = "text", "part"
COLOURS = ("#3b82c4", "#d99a1b", "#4d9a43", "#2f6b28", "#9b55b3", "#c9504d", "#7a7a7a")
SETTING_UP = (
    "Set the project up with the labelling configuration of this format: "
    'python -c "from onrecord.export.label_studio import LABELLING_CONFIG as c; print(c)"'
)


def make_labelling_config() -> str:
    """The labelling interface as Label Studio's XML: labels, relations, and choices for each region."""
    labels = [
        f"    <Label value={quoteattr(label)} background={quoteattr(colour)}/>"
        for label, colour in zip(LABELS, COLOURS, strict=True)
    ]
    relations = [f"    <Relation value={quoteattr(kind)}/>" for kind in LINK_KINDS]
    choices: list[str] = []
    for name, (label, values) in ATTRIBUTES.items():
        choices.append(
            f'  <Choices name="{name.lower()}" toName="{TEXT_TAG}" perRegion="true" choice="single" '
            f'showInline="true" whenTagName="{LABEL_TAG}" whenLabelValue="{label}">'
        )
        choices += [f"    <Choice value={quoteattr(value)}/>" for value in values]
        choices.append("  </Choices>")
    return "\n".join((
        "<View>",
        "  <Style>.htx-text { white-space: pre-wrap; }</Style>",
        "  <Relations>", *relations, "  </Relations>",
        f'  <Labels name="{LABEL_TAG}" toName="{TEXT_TAG}">', *labels, "  </Labels>",
        f'  <Text name="{TEXT_TAG}" value="$text" granularity="symbol"/>',
        *choices,
        "</View>",
    ))  # fmt: skip


LABELLING_CONFIG = make_labelling_config()


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many tasks were written."""
    tasks = 0
    for judged in entries:
        stream.write((b",\n" if tasks else b"[\n") + dump_json(make_task(judged)))
        tasks += 1
    stream.write(b"\n]\n" if tasks else b"[]\n")
    context.say(SETTING_UP)
    return tasks


def make_task(judged: Judged) -> dict[str, Any]:
    """The task of one article."""
    record = judged.record
    regions, ties = list_regions(list_markings(judged))
    prediction: dict[str, Any] = {
        "model_version": name_model(record),
        "result": _make_results(record, regions, ties),
    }
    if record.statements:
        # The least sure statement tells which task to look at first.
        prediction["score"] = min(one.confidence.statement for one in record.statements)
    return {
        "data": {"text": clean_text(record.article.text), **describe_article(record.article)},
        "predictions": [prediction],
        "annotations": _make_annotations(judged, regions, ties),
    }


def name_model(record: Record) -> str:
    """The model that most statements were found by, with its version: what predictions are sorted by."""
    origins = Counter(
        f"{s.origin.name} {s.origin.version}" for s in record.statements if s.origin.kind == "model"
    )
    named = [name for name, _ in origins.most_common(1)]
    return clean_text(" ".join(("onrecord", *named)))


def _make_annotations(judged: Judged, regions: list[Region], ties: list[Tie]) -> list[dict[str, Any]]:
    """One annotation of the statements that people judged, with what these lead to; none where none were."""
    statuses = {one.statement_id for one in judged.statuses}
    own = {region.number for region in regions if region.marking.statement_id in statuses}
    if not own:
        return []
    led_to = {tie.head for tie in ties if tie.tail in own and not regions[tie.head].marking.statement_id}
    kept = own | led_to
    chosen = [region for region in regions if region.number in kept]
    inside = [tie for tie in ties if tie.tail in kept and tie.head in kept]
    return [{"result": _make_results(judged.record, chosen, inside), "was_cancelled": False}]


def _make_results(record: Record, regions: Iterable[Region], ties: Iterable[Tie]) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    for region in regions:
        results.append(_make_label(record, region))
        results += _make_choices(region) if region.is_first else []
    return results + [
        {
            "type": "relation",
            "from_id": _id_of(tie.tail),
            "to_id": _id_of(tie.head),
            "direction": "right",
            "labels": [tie.kind],
        }
        for tie in ties
    ]


def _id_of(number: int) -> str:
    return f"r{number}"


def _make_label(record: Record, region: Region) -> dict[str, Any]:
    marking = region.marking
    words = clean_text(region.span.of(record.article.text))
    result = _make_result(region, LABEL_TAG, "labels", [marking.label])
    result["value"]["text"] = words
    result |= {"score": marking.confidence} if marking.confidence is not None else {}
    return result | _make_note(marking) if region.is_first else result


def _make_note(marking: Marking) -> dict[str, Any]:
    return {"meta": {"text": [clean_text(marking.note)]}} if marking.note else {}


def _make_choices(region: Region) -> list[dict[str, Any]]:
    return [
        _make_result(region, name.lower(), "choices", [value]) for name, value in region.marking.attributes
    ]


def _make_result(region: Region, tag: str, kind: str, values: list[str]) -> dict[str, Any]:
    return {
        "id": _id_of(region.number),
        "from_name": tag,
        "to_name": TEXT_TAG,
        "type": kind,
        "value": {"start": region.span.start_char, "end": region.span.end_char, kind: values},
    }


FORMAT = Format(
    name="label-studio",
    suffixes=(".label-studio.json",),
    media_type="application/json",
    describe="For annotators: Label Studio's tasks, an article each, statements as predictions.",
    write=write,
    unit="task",
    count=count_records,
)
