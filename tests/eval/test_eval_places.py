"""The measure of places: which names are found, how far their entries lie, and how the corpora are read."""

import gzip

import pytest

from eval.place_corpora import PlaceDocument, Toponym, fill_coordinates, read_geowebnews, read_lgl, split_of
from eval.place_figures import PlaceCounts, distance_km, is_right_entry, score
from onrecord.record import GazetteerEntry, Origin, PlaceValue, Span

TEXT = "Beltown and Harlow met."


def make_place(start: int, end: int, lat: float | None = None) -> PlaceValue:
    lon = 0.0 if lat else None
    entry = GazetteerEntry(entry_id="x", name="X", kind="settlement", latitude=lat, longitude=lon)
    return PlaceValue(
        place_id="p", article_id="a", text=TEXT[start:end], span=Span(start_char=start, end_char=end),
        use="place", entry=entry, origin=Origin(kind="rule", name="test", version="1"),
    )  # fmt: skip


def make_document(*toponyms: Toponym) -> PlaceDocument:
    return PlaceDocument(name="one", text=TEXT, toponyms=toponyms, split="rest")


BELTOWN = Toponym(start_char=0, end_char=7, lat=10.0, lon=0.0)
HARLOW = Toponym(start_char=12, end_char=18, lat=20.0, lon=0.0)


def test_a_name_is_found_strictly_or_by_a_shared_character():
    counts = score([make_document(BELTOWN, HARLOW)], lambda _: [make_place(0, 7), make_place(8, 18)])
    assert (counts.strict, counts.relaxed, counts.relaxed_gold, counts.gold) == (1, 2, 2, 2)
    assert counts.figures()["strict_f1"] == 50.0
    assert counts.figures()["relaxed_f1"] == 100.0


def test_distance_is_judged_of_the_names_found_alone():
    counts = score([make_document(BELTOWN, HARLOW)], lambda _: [make_place(0, 7, 10.5)])
    assert [round(e or 0) for e in counts.errors_km] == [56]
    assert counts.figures()["near"] == 100.0


def test_a_name_without_a_point_counts_as_wrong_where_the_gold_has_one():
    counts = score([make_document(BELTOWN, HARLOW)], lambda _: [make_place(0, 7), make_place(12, 18, 20.0)])
    assert counts.figures()["near"] == 50.0
    assert counts.figures()["near_of_placed"] == 100.0


def test_nothing_at_all_gives_zeros():
    assert set(PlaceCounts().figures().values()) == {0.0}


def test_a_region_may_lie_further_off_than_a_town_of_the_same_name():
    far = GazetteerEntry(entry_id="x", name="X", kind="region", latitude=11.0, longitude=0.0)
    town = GazetteerEntry(entry_id="y", name="X", kind="settlement", latitude=11.0, longitude=0.0)
    assert is_right_entry(BELTOWN, far)
    assert not is_right_entry(BELTOWN, town)


def test_a_degree_along_the_equator_is_111_km():
    assert distance_km((0.0, 0.0), (0.0, 1.0)) == pytest.approx(111.2, abs=0.1)


def test_one_document_in_five_is_held_out_by_its_name():
    held = sum(split_of(str(number)) == "held-out" for number in range(1_000))
    assert 150 < held < 250


def test_the_lexicon_is_read_with_points_and_kinds(tmp_path):
    path = tmp_path / "lgl.xml.gz"
    path.write_bytes(
        gzip.compress(
            b"<articles><article docid='7'><domain>beltown.example</domain>"
            b"<text>Beltown and Harlow met.</text><toponyms>"
            b"<toponym><start>0</start><end>7</end><gaztag geonameid='5'><fcode>PPL</fcode>"
            b"<lat>10</lat><lon>0</lon></gaztag></toponym><toponym><start>12</start><end>18</end></toponym>"
            b"</toponyms></article></articles>"
        )
    )
    (document,) = read_lgl(path)
    assert (document.name, document.domain) == ("7", "beltown.example")
    assert [(t.geonames_id, t.annotation, t.lat) for t in document.toponyms] == [
        (5, "PPL", 10.0),
        (None, None, None),
    ]


def test_annotations_are_read_with_sense_id_or_point(tmp_path):
    (tmp_path / "1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "1.ann").write_text(
        "T1\tLiteral 0 7\tBeltown\n#1\tAnnotatorNotes T1\t5\nT2\tMetonymic 12 18\tHarlow\n"
        "#2\tAnnotatorNotes T2\t1.5, -2.5\nT3\tLiteral_Expression 19 22\tmet\n",
        encoding="utf-8",
    )
    (document,) = read_geowebnews(tmp_path)
    assert [(t.sense, t.geonames_id, t.lat, t.lon) for t in document.toponyms] == [
        ("literal", 5, None, None),
        ("associative", None, 1.5, -2.5),
    ]
    (filled,) = fill_coordinates([document], {5: (3.0, 4.0)})
    assert (filled.toponyms[0].lat, filled.toponyms[0].lon) == (3.0, 4.0)
