"""Dates in the languages of the tables: what is written by their names reads back."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest.calendars import find_days
from onrecord.ingest.dates import MomentHints, parse_moment
from onrecord.ingest.moment_tokens import read_line
from onrecord.ingest.moment_words import fold_word, load_words, read_table
from onrecord.ingest.moments import NO_HINTS

MONTHS = [row for row in read_table("month_names.tsv") if row[0] != "fa-persian"]
WEEKDAYS = {language: names for language, *names in read_table("weekday_names.tsv")}
SHAPES = (
    "{day} {month} {year}", "{day}. {month} {year}", "{day}-{month}-{year}", "{month} {day}, {year}",
    "{weekday} {day} {month} {year}", "{weekday}, {month} {day}, {year}", "{month}. {day} {year}",
)  # fmt: skip
CLOCKS = ("", " {hour}:{minute}", ", {hour}:{minute} CET", " - {hour}:{minute} UTC+3", " | {hour}:{minute}")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2024年3月20日（水）15時02分", "2024-03-20T15:02"),
        ("2024年3月20日 午後3時2分", "2024-03-20T15:02"),
        ("发布时间：2024年03月20日 15:02", "2024-03-20T15:02"),
        ("등록 2024년 3월 20일 15시 02분", "2024-03-20T15:02"),
        ("2024.03.20 오후 3:02", "2024-03-20T15:02"),
        ("２０２４年３月２０日", "2024-03-20"),
        ("Mittwoch, 20. März 2024, 15.02 Uhr MEZ", "2024-03-20T15:02+01:00"),
        ("Stand: 20.03.2024 15:02 Uhr", "2024-03-20T15:02"),
        ("Publié le 1er avril 2024 à 15h02 (heure de Paris)", "2024-04-01T15:02+02:00"),
        ("mercoledì 20 marzo 2024 | 15:02", "2024-03-20T15:02"),
        ("20 de marzo de 2024 a las 15:02", "2024-03-20T15:02"),
        ("Publicado em 20 de março de 2024 às 15h02", "2024-03-20T15:02"),
        ("20 mars 2024 kl. 15.02", "2024-03-20T15:02"),
        ("20. marts 2024 kl. 15.02", "2024-03-20T15:02"),
        ("20.3.2024 klo 15.02", "2024-03-20T15:02"),
        ("20. maaliskuuta 2024", "2024-03-20"),
        ("20 maart 2024 om 15:02", "2024-03-20T15:02"),
        ("20 марта 2024 г. в 15:02 (мск)", "2024-03-20T15:02+03:00"),
        ("20 березня 2024 р., 15:02", "2024-03-20T15:02"),
        ("środa, 20 marca 2024 godz. 15:02", "2024-03-20T15:02"),
        ("středa 20. března 2024 v 15:02", "2024-03-20T15:02"),
        ("20. ožujka 2024. u 15:02", "2024-03-20T15:02"),
        ("20 март 2024, 15:02 ч.", "2024-03-20T15:02"),
        ("2024. március 20., szerda, 15:02", "2024-03-20T15:02"),
        ("2024 m. kovo 20 d. 15:02", "2024-03-20T15:02"),
        ("20 martie 2024, ora 15:02", "2024-03-20T15:02"),
        ("20 Μαρ. 2024 3:02 μ.μ.", "2024-03-20T15:02"),
        ("20 KASIM 2024 ÇARŞAMBA, 15:02", "2024-11-20T15:02"),
        ("Rabu, 20 Mar 2024 15:02 WIB", "2024-03-20T15:02+07:00"),
        ("Thứ tư, 20/3/2024, 15:02 (GMT+7)", "2024-03-20T15:02+07:00"),
        ("20 tháng 3, 2024", "2024-03-20"),
        ("20 tháng mười hai, 2024", "2024-12-20"),
        ("วันพุธที่ 20 มีนาคม พ.ศ. 2567 เวลา 15.02 น.", "2024-03-20T15:02"),
        ("20 มี.ค. 2567", "2024-03-20"),
        ("٢٠ مارس ٢٠٢٤ - ١٥:٠٢", "2024-03-20T15:02"),
        ("الأربعاء 20 آذار/مارس 2024", "2024-03-20"),
        ("20 كانون الثاني 2024", "2024-01-20"),
        ("פורסם: 20 במרץ 2024, 15:02", "2024-03-20T15:02"),
        ("۱ فروردین ۱۴۰۳ - ۱۵:۰۲", "2024-03-20T15:02"),
        ("30 اسفند 1403", "2025-03-20"),
        ("سه\u200cشنبه 30 ژوئن 2015", "2015-06-30"),
        ("20 मार्च 2024, 15:02", "2024-03-20T15:02"),
    ],
)  # fmt: skip
def test_dates_as_newspapers_write_them_are_read(raw, value):
    assert parse_moment(raw).value == value


def test_a_year_of_the_buddhist_era_needs_thai_letters():
    assert parse_moment("20 March 2567") is None


@st.composite
def written_dates(draw: st.DrawFn) -> tuple[str, str, str]:
    """Words, the value they must read to, and the language."""
    language, *months = draw(st.sampled_from(MONTHS))
    moment = draw(st.datetimes(min_value=datetime(1996, 1, 1), max_value=datetime(2199, 12, 31)))
    month = draw(st.sampled_from(months[moment.month - 1].split("|")))
    names = WEEKDAYS.get(language, [""] * 7)[moment.weekday()].split("|")
    shape, clock = draw(st.sampled_from(SHAPES)), draw(st.sampled_from(CLOCKS))
    raw = (shape + clock).format(
        day=moment.day, month=month, year=moment.year, weekday=names[0], hour=moment.hour,
        minute=f"{moment.minute:02}",
    )  # fmt: skip
    value = moment.isoformat(timespec="minutes") if clock else moment.date().isoformat()
    return raw, value, language.split("-")[0]


@given(written_dates())
def test_a_date_written_in_any_language_and_shape_reads_back(written):
    raw, value, language = written
    parsed = parse_moment(raw, hints=MomentHints(language=language))
    assert parsed is not None
    assert parsed.value.removesuffix("+03:00").removesuffix("+01:00") == value
    assert parsed.doubt is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)), st.sampled_from(".-/"))
def test_a_date_in_numbers_reads_back_or_is_refused_for_its_order(day, mark):
    raw = f"{day.day:02}{mark}{day.month:02}{mark}{day.year}"
    parsed = parse_moment(raw)
    is_plain = mark == "." or day.day > 12 or day.day == day.month
    assert (parsed is not None and parsed.value == day.isoformat()) is is_plain
    assert parse_moment(raw, hints=MomentHints(day_first=True)).value == day.isoformat()


def test_solar_hijri_years_have_the_lengths_that_the_calendar_of_iran_gave_them():
    firsts = {
        1375: "1996-03-20",
        1399: "2020-03-20",
        1400: "2021-03-21",
        1404: "2025-03-21",
        1408: "2029-03-20",
    }
    for year, value in firsts.items():
        (found,) = find_days(read_line(f"1 فروردین {year}", 0, 14), NO_HINTS)
        assert f"{found.year:04}-{found.month:02}-{found.day:02}" == value


def test_every_month_name_that_is_unlike_in_two_languages_is_known_to_be():
    unlike = {w for w, months in load_words().months.items() if len(set(months.values())) > 1}
    assert unlike == {"lip", "lis", "listopad", "listopada", "srp"}


def test_folding_takes_case_and_accents_away():
    assert fold_word("ŞUBAT") == fold_word("Şubat") == "subat"
    assert fold_word("KASIM") == fold_word("Kasım")


@pytest.mark.parametrize("raw", ["1 ינו׳ 2024", "1 בינו׳ 2024", "1 ינואר 2024"])
def test_a_hebrew_month_is_read_whole_or_abbreviated_with_its_mark(raw):
    assert parse_moment(raw).value == "2024-01-01"
