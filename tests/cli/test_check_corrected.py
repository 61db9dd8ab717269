"""`onrecord check` on a record that people corrected: sound, and said."""

import json

from onrecord.record import to_json
from tests.ingest.test_proof_corrected import CORRECTED, with_origin


def check(run, record, *options):
    return run("check", "-", *options, stdin=to_json(record, with_body=True))


def test_a_corrected_record_is_sound_and_the_line_says_that_people_corrected_it(run):
    done = check(run, CORRECTED)
    assert done.exit_code == 0, done.output
    assert "1 statements corrected by people" in done.stdout


def test_the_json_counts_what_was_corrected(run):
    assert json.loads(check(run, CORRECTED, "--json").stdout)["proof"]["corrected"] == 1


def test_a_model_that_keeps_an_id_beside_other_spans_fails(run):
    done = check(run, with_origin(CORRECTED, kind="model"))
    assert done.exit_code == 1
    assert "statement_id: Statement 1 is statement-" in done.stdout
