"""The judgements that are of a statement, those made before its article was read anew among them."""

import dataclasses

from onrecord.record import Span, judgements_of, judging, lay_over, statement_id_of
from tests.bridge import make_record

RECORD = make_record()
VOICE = judging.Voice(by="Ilka Stern", made_at="2031-05-04T10:00:00.000+00:00")


def test_a_judgement_under_an_id_that_is_no_more_is_of_the_statement_that_it_fits():
    old = RECORD.statements[-1]
    made = judging.accept(lay_over(RECORD, []), old.statement_id, VOICE)
    other = judging.accept(lay_over(RECORD, []), RECORD.statements[0].statement_id, VOICE)
    wider = Span(start_char=old.content[0].start_char, end_char=old.content[0].end_char + 1)
    new_id = statement_id_of(RECORD.article.article_id, (wider,), old.cue, old.source)
    anew = dataclasses.replace(old, statement_id=new_id, content=(wider,))
    judged = lay_over(dataclasses.replace(RECORD, statements=(*RECORD.statements[:-1], anew)), [made, other])
    assert new_id != old.statement_id
    assert judgements_of(judged, new_id, [made, other]) == (made,)


def test_a_judgement_that_was_withdrawn_is_still_of_its_statement():
    own_id = RECORD.statements[0].statement_id
    made = judging.accept(lay_over(RECORD, []), own_id, VOICE)
    withdrawn = dataclasses.replace(made, withdrawn_at=VOICE.made_at, withdrawn_by="Ann Dale")
    assert judgements_of(lay_over(RECORD, [withdrawn]), own_id, [withdrawn]) == (withdrawn,)
