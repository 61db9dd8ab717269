"""`onrecord judge`: what somebody says of a statement or of people, kept beside the record; withdrawable."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli.exits import debug_option, say
from onrecord.cli.where import in_option, open_for
from onrecord.errors import JudgementError, UnknownIdError
from onrecord.export.visible import show_line
from onrecord.record import Judged, Judgement, Statement, judging
from onrecord.record.codec import to_plain
from onrecord.record.corrected import ENTITY_KINDS, MODES
from onrecord.record.edtf import FORMS

if TYPE_CHECKING:
    from onrecord.store.base import Store

NAME_VARIABLE = "ONRECORD_NAME"
SHOWN_DIGITS = 12
MOST_SHOWN = 8
F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def judge() -> None:
    """Say what of a record is right, wrong, or somebody else.

    Each judgement is by a named person and of a moment, kept beside the record and shown in every view and
    export; it can be withdrawn. It counts for the article when it is read anew, too, where it still fits.
    ID is the id of a statement, as `onrecord search` prints it; its first digits do.
    """


def voice_options(command: F) -> F:
    """Adds --in, --by, --score, --note and --json, which every judgement may have."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="One line of JSON a judgement."),
        click.option("--note", metavar="TEXT", help="A remark that is kept with it."),
        click.option("--score", type=float, metavar="0..1", help="How sure you are."),
        by_option,
        in_option,
        debug_option,
    ):
        command = option(command)
    return command


def by_option(command: F) -> F:
    """Adds --by NAME."""
    told = f"Who judges; otherwise whom the variable {NAME_VARIABLE} names."
    return click.option("--by", envvar=NAME_VARIABLE, metavar="NAME", help=told)(command)


@judge.command()
@click.argument("wanted", metavar="ID")
@voice_options
def accept(wanted: str, where: str | None, **given: Any) -> None:
    """The statement is right as it is shown; also takes a rejected one back in."""
    _judge_one(wanted, where, given, judging.accept)


@judge.command()
@click.argument("wanted", metavar="ID")
@voice_options
def reject(wanted: str, where: str | None, **given: Any) -> None:
    """The statement is none; no view or export shows it any more."""
    _judge_one(wanted, where, given, judging.reject)


@judge.command()
@click.argument("wanted", metavar="ID")
@click.option("--content", multiple=True, metavar="WORDS", help="What was said; again for each piece of it.")
@click.option("--cue", multiple=True, metavar="WORDS", help="The words that attribute it.")
@click.option("--source", multiple=True, metavar="WORDS", help="The words that name who said it.")
@click.option("--speaker", metavar="NAME", help="Who said it: a name, the id of an entity, or unknown.")
@click.option("--kind", metavar="KIND", help=f"What the speaker is: {', '.join(ENTITY_KINDS)}.")
@click.option("--mode", metavar="MODE", help=f"How: {', '.join(MODES)}, or unknown.")
@click.option("--said-at", metavar="EDTF", help=f"When: {FORMS}, or unknown.")
@click.option(
    "--said-in", metavar="PLACE", help="Where: a place the article or the gazetteer has, or unknown."
)
@voice_options
def correct(wanted: str, where: str | None, **given: Any) -> None:
    """Some field of the statement should be otherwise; one judgement a field.

    WORDS are as the article has them, the nearest to the statement where they stand more than once;
    @120:164 are bounds in its text.
    """
    from onrecord.collection.correcting import list_corrections

    voice = voice_of(given)
    with open_for(where, write=True) as store:
        judged, statement = _find(store, wanted)
        judgements = list(list_corrections(judged, statement, given, voice, say=say))
        if not judgements:
            raise click.UsageError("Nothing is corrected: give --content, --speaker or another field.")
        judging.expect_fit(judged, judgements)
        store.add_judgements(judgements)
        after, corrected = _find(store, statement.statement_id)
        _tell_corrections((judged, statement), (after, corrected), judgements, as_json=given["as_json"])


@judge.command()
@click.argument("one")
@click.argument("other")
@voice_options
def merge(one: str, other: str, where: str | None, **given: Any) -> None:
    """ONE and OTHER, names or ids of people, are the same person."""
    from onrecord.collection.namesakes import find_person

    voice = voice_of(given)
    with open_for(where, write=True) as store:
        pair = [find_person(store, wanted) for wanted in (one, other)]
        judgement = judging.merge(pair[0].person_id, pair[1].person_id, voice)
        store.add_judgements([judgement])
    names = " and ".join(f"{person.name} ({person.person_id})" for person in pair)
    _tell(judgement, f"merged {names}: one person now", as_json=given["as_json"])


@judge.command()
@click.argument("wanted", metavar="ID")
@click.option("--entity", metavar="NAME", help="Whom, by name or id; otherwise the statement's speaker.")
@voice_options
def split(wanted: str, where: str | None, entity: str | None, **given: Any) -> None:
    """Whom this article names is not who bears the same name elsewhere.

    ID is a statement, whose speaker is meant, or an article with --entity.
    """
    voice = voice_of(given)
    with open_for(where, write=True) as store:
        judged = store.judged(wanted)
        entity_id = _find_entity_id(judged, wanted, entity)
        judgement = judging.split(judged, entity_id, voice)
        store.add_judgements([judgement])
    name = next(e.name for e in judged.record.entities if e.entity_id == entity_id)
    told = f"split off {name} of {judged.record.article.article_id}: a person of its own now"
    _tell(judgement, told, as_json=given["as_json"])


@judge.command()
@click.argument("wanted", metavar="JUDGEMENT")
@by_option
@in_option
@debug_option
def withdraw(wanted: str, where: str | None, by: str | None) -> None:
    """A judgement counts no more; it stays listed, with who withdrew it and when."""
    voice = voice_of({"by": by})
    with open_for(where, write=True) as store:
        judgement = find_judgement(store, wanted)
        if judgement.withdrawn_at is not None:
            raise JudgementError(
                f"{judgement.judgement_id} was withdrawn before: by {judgement.withdrawn_by}, "
                f"{judgement.withdrawn_at}."
            )
        store.withdraw(judgement.judgement_id, by=voice.by, at=voice.made_at)
    click.echo(show_line(f"withdrawn: {tell_judgement(judgement)}"))


@judge.command(name="list")
@click.option("--of", "wanted", metavar="ID", help="Those of one statement or article.")
@click.option("--all", "with_withdrawn", is_flag=True, help="The withdrawn ones too.")
@click.option("--unfit", is_flag=True, help="Those that fit nothing any more, and why.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a judgement.")
@in_option
@debug_option
def list_judgements(where: str | None, wanted: str | None, **given: bool) -> None:
    """The judgements that were made, oldest first."""
    with open_for(where) as store:
        reasons = {one.judgement.judgement_id: one.reason for one in store.unfit()}
        found = [j for j in store.judgements() if given["with_withdrawn"] or j.withdrawn_at is None]
        if wanted is not None:
            found = _keep_those_of(store, found, wanted)
    if given["unfit"]:
        found = [j for j in found if j.judgement_id in reasons]
    for judgement in found:
        reason = reasons.get(judgement.judgement_id)
        if given["as_json"]:
            click.echo(_as_json(judgement, unfit=reason))
        else:
            click.echo(
                show_line(tell_judgement(judgement) + (f" · fits no more: {reason}" if reason else ""))
            )
    if not found and not given["as_json"]:
        click.echo("No judgement.", err=True)


def voice_of(given: dict[str, Any]) -> judging.Voice:
    """Who judges now; a wrong command line where nobody is named."""
    if not given["by"]:
        raise click.UsageError(
            f"A judgement is somebody's: give --by NAME, or set the variable {NAME_VARIABLE}."
        )
    made_at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return judging.Voice(
        by=given["by"].strip(), made_at=made_at, score=given.get("score"), note=given.get("note")
    )


def find_judgement(store: "Store", wanted: str) -> Judgement:
    """The judgement with this id or that begins so; raises `UnknownIdError`."""
    digits = wanted.strip().removeprefix("judgement-")
    made = store.judgements()
    found = [j for j in made if digits and j.judgement_id.removeprefix("judgement-").startswith(digits)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(j.judgement_id for j in found[:MOST_SHOWN])
        raise UnknownIdError(
            f"{len(found)} judgements begin with {wanted!r:.80}: {ids}.", cure="Give more digits."
        )
    raise UnknownIdError(
        f"No judgement has the id {wanted!r:.80}.", cure="`onrecord judge list --all` names all."
    )


def tell_judgement(judgement: Judgement) -> str:
    """One line: what, of what, by whom and when."""
    field = f" {judgement.correction.field}" if judgement.kind == "correct" and judgement.correction else ""
    target = judgement.target
    words = f" “{' … '.join(target.words)[:80]}”" if target else ""
    of = target.statement_id or target.article_id if target else " and ".join(judgement.people)
    taken = (
        f" · withdrawn by {judgement.withdrawn_by}, {judgement.withdrawn_at}"
        if judgement.withdrawn_at
        else ""
    )
    note = f" · {judgement.note}" if judgement.note else ""
    return (
        f"{judgement.judgement_id} {judgement.kind}{field} {of}{words} · {judgement.by}, {judgement.made_at}"
        f"{note}{taken}"
    )


def _judge_one(
    wanted: str,
    where: str | None,
    given: dict[str, Any],
    make: Callable[[Judged, str, judging.Voice], Judgement],
) -> None:
    voice = voice_of(given)
    with open_for(where, write=True) as store:
        judged, statement = _find(store, wanted)
        judgement = make(judged, statement.statement_id, voice)
        store.add_judgements([judgement])
    words = " … ".join(span.of(judged.record.article.text) for span in statement.content)
    name = statement.speaker.name if statement.speaker else "somebody unknown"
    _tell(
        judgement, f"{judgement.kind}ed {statement.statement_id}: {name}: {words}", as_json=given["as_json"]
    )


def _find(store: "Store", wanted: str) -> tuple[Judged, Statement]:
    """The statement with this id, or that begins so, rejected ones too, in its article."""
    judged = store.judged(wanted)
    digits = wanted.strip().removeprefix("statement-")
    for statement in (*judged.record.statements, *judged.rejected):
        if statement.statement_id.removeprefix("statement-").startswith(digits):
            return judged, statement
    raise UnknownIdError(
        f"{wanted!r:.80} is the id of no statement that the article has now.",
        cure="It was read anew since: `onrecord show` prints the statements of the article.",
    )


def _find_entity_id(judged: Judged, wanted: str, name: str | None) -> str:
    from onrecord.collection.wording import find_entity, list_entities

    if name is not None:
        entity = find_entity(judged.record, name)
        if entity is None:
            names = list_entities(judged.record.entities)
            raise JudgementError(
                f"The article names nobody {name!r:.80}.", cure=f"It has {names or 'nobody'}."
            )
        return entity.entity_id
    digits = wanted.strip().removeprefix("statement-")
    found = (
        s for s in judged.record.statements if s.statement_id.removeprefix("statement-").startswith(digits)
    )
    statement = next(found, None)
    if statement is None or statement.speaker is None:
        raise click.UsageError(
            "Say who is split off: the id of a statement with a speaker, or --entity NAME."
        )
    return statement.speaker.entity_id


def _keep_those_of(store: "Store", found: Sequence[Judgement], wanted: str) -> list[Judgement]:
    """The judgements of a statement, or of an article; those of it before it was read anew, too."""
    judged = store.judged(wanted)
    digits = wanted.strip().removeprefix("statement-")
    capture_ids = {
        j.target.capture_id
        for j in found
        if j.target and j.target.article_id == judged.record.article.article_id
    }
    own = [j for j in found if j.target and j.target.capture_id in capture_ids]
    those = [
        j
        for j in own
        if j.target and (j.target.statement_id or "").removeprefix("statement-").startswith(digits)
    ]
    is_article = judged.record.article.article_id.removeprefix("article-").startswith(
        wanted.strip().removeprefix("article-")
    )
    return own if is_article else those


def _tell_corrections(
    before: tuple[Judged, Statement],
    after: tuple[Judged, Statement],
    judgements: Sequence[Judgement],
    *,
    as_json: bool,
) -> None:
    from onrecord.collection.correcting import tell_field

    for judgement in judgements:
        assert judgement.correction is not None
        field = judgement.correction.field
        change = f"{tell_field(*before, field)} → {tell_field(*after, field)}"
        _tell(judgement, f"corrected {field} of {after[1].statement_id}: {change}", as_json=as_json)


def _tell(judgement: Judgement, told: str, *, as_json: bool) -> None:
    """What became of it, and how to take it back."""
    if as_json:
        click.echo(_as_json(judgement))
        return
    short = judgement.judgement_id[: len("judgement-") + SHOWN_DIGITS]
    click.echo(show_line(told))
    click.echo(f"  {judgement.judgement_id}; take it back: onrecord judge withdraw {short}")


def _as_json(judgement: Judgement, **more: str | None) -> str:
    from onrecord.cli.hits import to_line

    return to_line({**to_plain(judgement), **more})
