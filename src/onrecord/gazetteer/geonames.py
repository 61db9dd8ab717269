"""Places of a GeoNames dump (allCountries.txt or a country's file, plain or zipped), as rows.

In: the dump, and optionally GeoNames' own tables of divisions and of alternate names. Out: rows of the same
shape as the bundled ones, which stay for countries, divisions that ISO names, and areas: those have names
that no dump has.
"""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.errors import InputError
from onrecord.gazetteer.bundled import is_alternate, iter_countries, iter_own, label_names
from onrecord.gazetteer.counties import short_name
from onrecord.gazetteer.names import normalise_name
from onrecord.gazetteer.rows import NameKind, PlaceRow, radius_of_settlement
from onrecord.gazetteer.settlements import Settlements
from onrecord.gazetteer.sources import CITIES, load_json
from onrecord.gazetteer.subdivisions import iter_subdivisions, map_admin1
from onrecord.record import PlaceKind

COLUMNS = 19
KINDS: dict[str, PlaceKind] = {
    "P": "settlement", "A": "region", "H": "water", "U": "water", "L": "area", "T": "area", "V": "area",
    "S": "facility", "R": "facility",
}  # fmt: skip
RADII: dict[PlaceKind, float] = {"region": 35.0, "water": 20.0, "area": 20.0, "facility": 2.0}
# Countries and continents come from the bundled tables; historical places are not in the news.
LEFT_OUT = ("PCL", "CONT", "PPLH", "PPLQ", "ADM1H", "ADM2H", "ADM3H", "ADM4H", "ADMDH", "TERR")
LANGUAGES = frozenset({"en", ""})


class Dump(NamedTuple):
    """The files that GeoNames gives."""

    places: Path
    admin1: Path | None = None
    alternates: Path | None = None


def iter_geonames(dump: Dump) -> Iterator[PlaceRow]:
    """The rows of a dump, after those of the bundled tables that it does not replace."""
    settlements = Settlements(load_json(CITIES).values())
    admin1 = map_admin1(settlements)
    yield from iter_countries()
    yield from iter_subdivisions(settlements, admin1)
    yield from iter_own()
    iso = {code: division for division, code in admin1.items()}
    if dump.admin1:
        iso = {**_match_by_name(dump.admin1, set(admin1)), **iso}
    yield from _iter_places(dump, iso)


def _iter_places(dump: Dump, iso: Mapping[str, str]) -> Iterator[PlaceRow]:
    more = _read_alternates(dump.alternates) if dump.alternates else {}
    states = {code: state["fips"] for code, state in load_json("us_states.json").items()}
    for fields in _read_rows(dump.places, COLUMNS):
        kind, code = KINDS.get(fields[6]), fields[7]
        admin1 = f"{fields[8]}.{fields[10]}"
        if kind is None or code.startswith(LEFT_OUT) or (code == "ADM1" and admin1 in iso):
            continue
        yield _make_row(fields, kind, iso.get(admin1), names=more.get(int(fields[0]), ()), states=states)


def _make_row(
    fields: Sequence[str],
    kind: PlaceKind,
    subdivision: str | None,
    *,
    names: Sequence[str],
    states: Mapping[str, str],
) -> PlaceRow:
    number, name, country, population = int(fields[0]), fields[1], fields[8], int(fields[14] or 0)
    is_county = country == "US" and fields[7] == "ADM2" and fields[10] in states
    others: list[tuple[str, NameKind]] = [*label_names(names, "name")]
    others += label_names(filter(is_alternate, fields[3].split(",")), "alternate")
    if is_county:
        others.append((short_name(name), "short"))
    return PlaceRow(
        entry_id=f"fips:{states[fields[10]]}{fields[11]}" if is_county else f"geonames:{number}",
        name=name,
        kind=kind,
        country=country or None,
        subdivision=subdivision,
        admin1=f"{country}.{fields[10]}" if fields[10] else None,
        latitude=float(fields[4]),
        longitude=float(fields[5]),
        radius_km=radius_of_settlement(population) if kind == "settlement" else RADII[kind],
        population=population if kind == "settlement" else 0,
        geonames_id=number,
        is_capital=fields[7] == "PPLC",
        names=tuple(others),
    )


def _match_by_name(path: Path, known: set[str]) -> dict[str, str]:
    """ISO codes for GeoNames' codes, by the names of the divisions, where no other way found one."""
    import pycountry

    names = {(d.country_code, normalise_name(d.name)): d.code for d in pycountry.subdivisions}
    found = {}
    for code, name, *_ in _read_rows(path, 4):
        division = names.get((code.partition(".")[0], normalise_name(name)))
        if division and division not in known:
            found[code] = division
    return found


def _read_alternates(path: Path) -> dict[int, list[str]]:
    """English names by GeoNames id."""
    found: dict[int, list[str]] = defaultdict(list)
    for fields in _read_rows(path, 4):
        if fields[2] in LANGUAGES and fields[3][:1].isupper():
            found[int(fields[1])].append(fields[3])
    return found


def _read_rows(path: Path, columns: int) -> Iterator[list[str]]:
    """The lines of a file of GeoNames, split at tabs; raises `InputError` at a line that is none."""
    with _open_text(path) as stream:
        reader = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        try:
            for number, fields in enumerate(reader, 1):
                if len(fields) < columns or (columns == COLUMNS and not _is_place(fields)):
                    raise _not_geonames(path, number, f"{len(fields)} fields")
                yield fields
        except (UnicodeDecodeError, csv.Error) as error:
            raise _not_geonames(path, reader.line_num + 1, str(error)) from error


def _is_place(fields: Sequence[str]) -> bool:
    try:
        return int(fields[0]) > 0 and abs(float(fields[4])) <= 90 and abs(float(fields[5])) <= 180
    except ValueError:
        return False


def _not_geonames(path: Path, line: int, found: str) -> InputError:
    return InputError(
        f"Line {line} is not one of GeoNames' ({found}); places have {COLUMNS} fields parted by tabs.",
        where=str(path),
        cure="Give allCountries.txt, or the file of a country, as https://download.geonames.org has them.",
    )


@contextmanager
def _open_text(path: Path) -> Iterator[Any]:
    """The text of a file, or of the file of the same name inside a zip."""
    if path.suffix != ".zip":
        with path.open(encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [n for n in archive.namelist() if n.endswith(".txt") and not n.startswith("readme")]
            name = next((n for n in inside if n == f"{path.stem}.txt"), inside[0] if inside else None)
            if name is None:
                raise InputError(
                    "The zip holds no text file.", where=str(path), cure="Give GeoNames' own zip."
                )
            with archive.open(name) as stream:
                yield io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
    except zipfile.BadZipFile as error:
        raise InputError(
            "The file is no whole zip archive.", where=str(path), cure="Fetch it again."
        ) from error
