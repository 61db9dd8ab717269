"""The ground of a map: dots where the gazetteer of this machine has towns, as no outline is kept here.

A map in, an SVG out. It is made of the file that articles are read with; where none is built yet, there are
no dots.
"""

from collections.abc import Iterable
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from onrecord.errors import GazetteerError
from onrecord.gazetteer.database import connect_gazetteer
from onrecord.gazetteer.location import built_path, named_path
from onrecord.serve.map_projection import Box
from onrecord.serve.map_sheet import WIDTH, Sheet, find_corners, make_sheet

CELL = 4  # px between dots
DOT = 2.4
COLOUR = "#8d8a84"  # a grey that is seen on light and on dark paper; the page makes it fainter
# Each town as a whole number of steps in degrees, so that millions of them are no more rows than cells.
TOWNS = """
SELECT DISTINCT CAST((latitude + 90) * :fine AS INTEGER), CAST((longitude + 180) * :fine AS INTEGER)
FROM place WHERE kind = 'settlement' AND latitude BETWEEN :south AND :north
AND CASE WHEN :west <= :east THEN longitude BETWEEN :west AND :east
    ELSE longitude >= :west OR longitude <= :east END
"""


def find_gazetteer() -> Path | None:
    """The file of places that this user's articles are read with, where it is built."""
    named = named_path()
    path = named if named is not None else built_path()
    return path if path.is_file() else None


@lru_cache(maxsize=128)
def draw_land(path: Path, box: Box) -> bytes:
    """The picture that lies below the marks of the map of this box; raises `GazetteerError`."""
    sheet = make_sheet(box)
    rows: dict[int, set[int]] = {}
    for north, east in _iter_towns(path, sheet):
        point = sheet.place(north, east)
        if point is not None and sheet.holds(point):
            rows.setdefault(int(point[1] // CELL), set()).add(int(point[0] // CELL))
    path_data = "".join(_write_row(row, rows[row]) for row in sorted(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {sheet.height:g}" '
        f'width="{WIDTH:g}" height="{sheet.height:g}"><path d="{path_data}" stroke="{COLOUR}" '
        f'stroke-width="{DOT}" stroke-linecap="round" fill="none"/></svg>'
    ).encode()


def _write_row(row: int, columns: Iterable[int]) -> str:
    """The dots of a row, each from the one before it: a line without length has round ends alone."""
    half, last, parts = CELL // 2, None, []
    for column in sorted(columns):
        if last is None:
            parts.append(f"M{column * CELL + half} {row * CELL + half}h0")
        else:
            parts.append(f"m{(column - last) * CELL} 0h0")
        last = column
    return "".join(parts)


def _iter_towns(path: Path, sheet: Sheet) -> Iterable[tuple[float, float]]:
    """Degrees north and east of where there are towns, about as fine as the dots."""
    import sqlite3

    seen = find_corners(sheet)
    degrees_a_px = 57.3 / sheet.scale
    fine = min(1 / (CELL * degrees_a_px) * 1.6, 1_000.0)
    asked = {"fine": fine, "south": seen.south, "north": seen.north, "west": seen.west, "east": seen.east}
    try:
        with closing(connect_gazetteer(path)) as connection:
            found = connection.execute(TOWNS, asked).fetchall()
    except sqlite3.Error as error:
        raise GazetteerError(f"The gazetteer cannot be read: {error}.", where=str(path)) from error
    return [((north + 0.5) / fine - 90, (east + 0.5) / fine - 180) for north, east in found]
