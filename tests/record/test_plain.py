"""Reading at speed takes what the codec takes, and nothing else."""

import dataclasses
import json

import pytest

from onrecord.errors import CodecError
from onrecord.record import Judgement, Record, Span
from onrecord.record.codec import from_plain, to_plain
from onrecord.record.plain import reader_of
from tests.bridge import make_record

WRONG = (None, True, 1, 1.5, "word", [], {}, [None], {"start_char": 1})


def test_a_record_comes_back_from_plain_json():
    record = make_record()
    plain = json.loads(json.dumps(to_plain(record)))
    assert reader_of(Record)(plain) == record


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Judgement)])
@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_wrong_value_is_read_at_speed_only_where_the_codec_takes_it(name: str, wrong: object):
    made = Judgement(judgement_id="judgement-1", kind="accept", by="Ada", made_at="2031-06-01")
    plain = to_plain(made) | {name: wrong}
    try:
        at_speed = reader_of(Judgement)(plain)
    except (ValueError, TypeError, KeyError):
        with pytest.raises(CodecError, match=name):
            from_plain(plain, Judgement)
    else:
        assert to_plain(at_speed)[name] == wrong


@pytest.mark.parametrize(
    "plain",
    [{"start_char": 1}, {"start_char": 1, "end_char": 2, "more": 3}, {"start_char": 2, "end_char": 1},
     {"start_char": True, "end_char": 2}, {"start_char": 1.0, "end_char": 2}],
)  # fmt: skip
def test_a_span_with_missing_odd_or_more_fields_is_an_error(plain: dict[str, object]):
    with pytest.raises(CodecError):
        from_plain(plain, Span)
