"""A GeoNames dump becomes rows of the same shape; what is no dump is refused with its line."""

import zipfile
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.gazetteer import geonames
from onrecord.gazetteer.geonames import Dump, iter_geonames
from onrecord.gazetteer.rows import PlaceRow


def line(
    number: int, name: str, kind: str, *, others: str = "", place: str = "40.1\t-89.2", code: str = ""
) -> str:
    feature, _, rest = kind.partition(".")
    country, _, admin = (code or "US.IL").partition(".")
    admin1, _, admin2 = admin.partition(".")
    return (
        f"{number}\t{name}\t{name}\t{others}\t{place}\t{feature}\t{rest}\t{country}\t\t{admin1}\t{admin2}"
        "\t\t\t21000\t\t200\tAmerica/Chicago\t2030-01-01"
    )


LINES = (
    line(1, "Beltown", "P.PPL", others="Belltown,BLT"),
    line(2, "Harlow Creek", "H.STM"),
    line(3, "Tessaly County", "A.ADM2", code="US.IL.029"),
    line(4, "United States", "A.PCLI"),
    line(5, "Old Harlow", "P.PPLH"),
    line(6, "Tessaly Bridge", "S.BDG"),
)


@pytest.fixture(autouse=True)
def without_cities(monkeypatch):
    """The large file of settlements left out: a dump has its own."""
    load = geonames.load_json
    monkeypatch.setattr(geonames, "load_json", lambda name: {} if name == geonames.CITIES else load(name))


def read_rows(path: Path, **more: Path) -> dict[str, PlaceRow]:
    return {row.name: row for row in iter_geonames(Dump(path, **more)) if row.geonames_id in range(1, 10)}


def write_dump(path: Path, lines: tuple[str, ...] = LINES) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_each_kind_of_place_becomes_a_row(tmp_path):
    rows = read_rows(write_dump(tmp_path / "all.txt"))
    assert {name: row.kind for name, row in rows.items()} == {
        "Beltown": "settlement",
        "Harlow Creek": "water",
        "Tessaly County": "region",
        "Tessaly Bridge": "facility",
    }


def test_a_settlement_keeps_its_point_its_people_and_its_names(tmp_path):
    row = read_rows(write_dump(tmp_path / "all.txt"))["Beltown"]
    assert (row.entry_id, row.latitude, row.longitude, row.population) == ("geonames:1", 40.1, -89.2, 21_000)
    assert row.names == (("Belltown", "alternate"),)  # the code of an airport is no name


def test_a_county_keeps_the_id_it_has_in_the_bundled_gazetteer(tmp_path):
    row = read_rows(write_dump(tmp_path / "all.txt"))["Tessaly County"]
    assert row.entry_id == "fips:17029"
    assert ("Tessaly", "short") in row.names


def test_countries_and_areas_still_come_from_the_bundled_tables(tmp_path):
    ids = {row.entry_id for row in iter_geonames(Dump(write_dump(tmp_path / "all.txt")))}
    assert {"iso3166-1:US", "onrecord:kremlin", "iso3166-2:US-IL"} <= ids


def test_a_zip_is_read_as_it_comes(tmp_path):
    with zipfile.ZipFile(tmp_path / "XX.zip", "w") as archive:
        archive.writestr("readme.txt", "about the data")
        archive.writestr("XX.txt", "\n".join(LINES) + "\n")
    assert "Beltown" in read_rows(tmp_path / "XX.zip")


def test_english_names_of_the_table_of_alternates_are_added(tmp_path):
    alternates = tmp_path / "alternates.txt"
    alternates.write_text("9\t1\ten\tBell Town\t1\n10\t1\tru\tБелтаун\t\n", encoding="utf-8")
    row = read_rows(write_dump(tmp_path / "all.txt"), alternates=alternates)["Beltown"]
    assert ("Bell Town", "name") in row.names
    assert not any(name == "Белтаун" for name, _ in row.names)


def test_a_division_is_matched_to_iso_by_the_table_of_divisions(tmp_path):
    admin1 = tmp_path / "admin1.txt"
    admin1.write_text("NZ.F7\tAuckland\tAuckland\t2193734\n", encoding="utf-8")
    dump = write_dump(tmp_path / "all.txt", (line(1, "Beltown", "P.PPL", code="NZ.F7"),))
    assert read_rows(dump, admin1=admin1)["Beltown"].subdivision == "NZ-AUK"


@pytest.mark.parametrize("bad", ["only words", line(1, "Beltown", "P.PPL", place="north\twest")])
def test_a_line_that_is_none_of_geonames_is_named(tmp_path, bad):
    dump = write_dump(tmp_path / "all.txt", (LINES[0], bad))
    with pytest.raises(InputError, match="Line 2"):
        read_rows(dump)


def test_a_zip_that_is_broken_is_refused(tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(b"no archive")
    with pytest.raises(InputError, match="zip"):
        read_rows(path)
