"""Readings of what is counted from the anchor or another expression: "two years ago", "a year earlier".

In: a match of a rule and the setting. Out: its reading, or None where the words mean no time.
"""

from onrecord.language.time_calendar import GRAIN_OF, HOURS_OF, Period
from onrecord.language.time_contexts import context_pattern
from onrecord.language.time_numbers import read_count
from onrecord.language.time_rules import Match
from onrecord.language.time_setting import NO_ANCHOR, NO_FOCUS, Needs, Reading, Setting, unknown
from onrecord.language.time_units import last_quarter, unit_of
from onrecord.language.time_words import Token


def read_shift(match: Match, setting: Setting) -> Reading | None:
    """ "two years ago" from the anchor, "a year earlier" from the expression before."""
    mod = match.value("mod", "approx") or match.value("also", "after_approx")
    code = unit_of(match, "Y")
    count = read_count(match.fields["count"]) if "count" in match.fields and "unit" in match.fields else 1
    if "count" in match.fields and "unit" not in match.fields:
        code, count = match.value("count", "units") or "Y", "X"
    sign = _direction(match)
    if isinstance(count, str):
        return _vague_shift(sign, setting)
    from_now = "now_back" in _direction_token(match).meanings
    if code.startswith("2"):
        code, count = code[1:], count * 2
    quarterly = any(t.text.lower() in ("quarter", "period") for t in match.tokens)
    return _shifted(count * sign, code, mod or None, setting, from_now=from_now, quarterly=quarterly)


def read_now(match: Match, setting: Setting) -> Reading | None:
    """ "now", "recently", "soon": the references of TIMEX3, bounded by the anchor."""
    word = next(iter(match.fields))
    value = match.value(word)
    if value not in ("PRESENT_REF", "PAST_REF", "FUTURE_REF"):
        value = "PAST_REF" if match.value(word) == "START" else "FUTURE_REF"
    return reference(value, setting)


def read_one_day(match: Match, setting: Setting) -> Reading | None:
    """ "one day": some day ahead where the verb says so, else the length of a day."""
    return (
        reference("FUTURE_REF", setting)
        if setting.tense == "future"
        else Reading(kind="duration", value="P1D")
    )


def reference(value: str, setting: Setting) -> Reading:
    """The reading of a reference: up to the anchor, at it, or from it on."""
    day = setting.base.first.isoformat() if setting.base else None
    return Reading(
        kind="date", value=value, precision="vague", needs="base" if day else "",
        start=None if value == "PAST_REF" else day, end=None if value == "FUTURE_REF" else day,
        edtf=day and {"PAST_REF": f"/{day}", "FUTURE_REF": f"{day}/", "PRESENT_REF": day}[value],
    )  # fmt: skip


def _direction_token(match: Match) -> Token:
    found = match.fields.get("direction") or match.fields.get("back")
    return found[0] if found else match.tokens[-1]


def _direction(match: Match) -> int:
    meanings = _direction_token(match).meanings
    for name in ("now_back", "back", "onward", "back_no", "onward_no"):
        if name in meanings:
            return int(meanings[name])
    return -1


def _vague_shift(sign: int, setting: Setting) -> Reading:
    return reference("PAST_REF" if sign < 0 else "FUTURE_REF", setting)


def _shifted(
    count: float, code: str, mod: str | None, setting: Setting, *, from_now: bool, quarterly: bool
) -> Reading | None:
    """The period so far from the anchor or the expression before, as coarse as the unit it is counted in."""
    focus = next((p for p in reversed(setting.earlier) if p.grain not in ("decade", "century")), None)
    if code == "Y" and count == -1 and (compared := _compared(setting, quarterly=quarterly)):
        focus, from_now = compared, False
    if from_now or focus is None:
        if setting.base is None:
            return unknown("date", NO_ANCHOR if from_now else NO_FOCUS)
        focus, from_now = setting.base, True
    needs: Needs = "base" if from_now else "focus"
    if code in HOURS_OF:
        moved = focus.shift(count, code)
        return Reading(kind="time", value=moved.value, mod=mod, period=moved, needs=needs, focus=focus)
    grain = GRAIN_OF.get("Y" if code in ("E", "C", "L") else code)
    if grain is None:
        return None
    moved = (focus.widen(grain) if from_now else focus).shift(count, code)
    return Reading(
        kind="date", value=moved.value, mod=mod, period=moved, needs=needs, focus=focus, aside=count == -1
    )


def _compared(setting: Setting, *, quarterly: bool) -> Period | None:
    """What "a year ago" goes back from where results are told: the year, or the quarter."""
    quarter = setting.last_of("quarter")
    if quarterly:
        return quarter or last_quarter(setting)
    if quarter and setting.base and context_pattern("longer_stretch").search(setting.sentence):
        return setting.base.widen("year")
    return quarter
