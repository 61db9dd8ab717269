"""The colours of the page: every text on every ground has the contrast that WCAG 2.2 AA asks for."""

import colorsys
import re
from importlib.resources import files

import pytest

CSS = files("onrecord.export").joinpath("marks.css").read_text("utf-8")
ROOTS = dict(zip(("light", "dark"), re.findall(r":root \{(.*?)\}", CSS, re.S)[:2], strict=True))
HUES = {int(n): int(h) for n, h in re.findall(r"\.k(\d) \{ --h: (\d+); \}", CSS)}
GREY_HUE, GREY_SATURATION = map(int, re.search(r"\.k-plain \{ --h: (\d+); --s: (\d+)%; \}", CSS).groups())


def values(mode):
    found = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", ROOTS["light"]))
    return found | dict(re.findall(r"(--[\w-]+):\s*([^;]+);", ROOTS[mode]))


def rgb(colour):
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    return [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def percent(value):
    return int(value.rstrip("%")) / 100


def luminance(channels):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palette(mode):
    """The hue and saturation of each speaker, and of the unknown one."""
    vivid = percent(values(mode)["--vivid"])
    return [(hue / 360, vivid) for hue in HUES.values()] + [(GREY_HUE / 360, GREY_SATURATION / 100)]


def speaker_colours(mode, name):
    lightness = percent(values(mode)[name])
    return [colorsys.hls_to_rgb(hue, lightness, saturation) for hue, saturation in palette(mode)]


def test_there_are_as_many_colours_as_speakers_are_given():
    from onrecord.export.speakers import COLOURS

    assert sorted(HUES) == list(range(COLOURS))


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"), [("ink", "paper"), ("ink", "panel"), ("soft", "paper"), ("soft", "panel")]
)
def test_plain_text_can_be_read(mode, ink, ground):
    assert contrast(rgb(values(mode)[f"--{ink}"]), rgb(values(mode)[f"--{ground}"])) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["--tint", "--tint-on"])
def test_marked_text_can_be_read(mode, ground):
    ink = rgb(values(mode)["--ink"])
    assert min(contrast(ink, colour) for colour in speaker_colours(mode, ground)) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_sources_and_cues_can_be_read_on_paper_and_on_their_tint(mode):
    strong, tints = speaker_colours(mode, "--strong"), speaker_colours(mode, "--tint")
    paper = rgb(values(mode)["--paper"])
    assert min(contrast(colour, paper) for colour in strong) >= 4.5
    assert min(contrast(*pair) for pair in zip(strong, tints, strict=True)) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_labels_can_be_read(mode):
    ink = rgb(values(mode)["--chip-ink"])
    assert min(contrast(ink, colour) for colour in speaker_colours(mode, "--chip")) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_lines_can_be_seen_on_every_tint(mode):
    tints = speaker_colours(mode, "--tint")
    assert min(contrast(line, tint) for line in speaker_colours(mode, "--line") for tint in tints) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_lines_under_times_and_places_can_be_seen_on_paper_and_on_every_tint(mode):
    soft = rgb(values(mode)["--soft"])
    grounds = [rgb(values(mode)["--paper"]), *speaker_colours(mode, "--tint")]
    assert min(contrast(soft, ground) for ground in grounds) >= 3
