"""The offices people can hold, as the current consortium names them."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound
from consortium.people.domain import (
    CATALOGUE,
    SIDE_WORDS,
    RoleRefused,
    RoleWords,
    check_label,
    code_from,
)
from consortium.people.models import ROLE_CODE_TAKEN, Role
from consortium.words import Sentence, say


def seed_catalogue() -> None:
    """Give a new consortium the usual roles, to rename and extend."""
    for position, kind in enumerate(CATALOGUE):
        db.session.add(
            Role(
                code=kind.code,
                label=str(kind.label),
                side=kind.side,
                one_holder=kind.one_holder,
                position=position,
            )
        )
    db.session.flush()


def roles() -> Sequence[Role]:
    """Return the roles in use, in their order."""
    statement = select(Role).where(Role.retired_at.is_(None)).order_by(Role.position, Role.label)
    return db.session.scalars(statement).all()


def retired_roles() -> Sequence[Role]:
    """Return the roles that nobody can be given any more."""
    statement = select(Role).where(Role.retired_at.is_not(None)).order_by(Role.label)
    return db.session.scalars(statement).all()


def get_role(role_id: UUID) -> Role:
    """Return a role. Raises ``NotFound``."""
    role = db.session.scalar(select(Role).where(Role.id == role_id))
    if role is None:
        raise NotFound(say("There is no such role in this consortium."))
    return role


def get_role_by_code(code: str) -> Role:
    """Return the role in use with this code. Raises ``RoleRefused`` naming it."""
    role = db.session.scalar(select(Role).where(Role.code == code, Role.retired_at.is_(None)))
    if role is None:
        raise RoleRefused(say("There is no role “%(code)s” to give.", code=code[:60]), field="role")
    return role


def add_role(words: RoleWords, *, by: str) -> Role:
    """Add a role at the end of the catalogue; its code is made of its name, for good.

    Raises ``RoleRefused`` when a role has this name already.
    """
    label = check_label(words.label)
    last = db.session.scalar(select(func.max(Role.position)))
    role = Role(
        code=code_from(label),
        label=label,
        side=words.side,
        one_holder=words.one_holder,
        position=0 if last is None else last + 1,
    )
    _check_label_is_free(label)
    db.session.add(role)
    with translating(ROLE_CODE_TAKEN, into=_name_taken(label)):
        db.session.flush()
    audit.record("add_role", _subject(role), by=by, after=_facts(words_of(role)))
    return role


def change_role(role_id: UUID, words: RoleWords, *, was: RoleWords, by: str) -> Role:
    """Rename a role or move it to another side; ``was`` is what the page was filled with.

    Raises ``NotFound``, ``RoleRefused`` when another role has the name, ``Conflict`` when
    someone else changed the role meanwhile.
    """
    role = _for_change(role_id)
    label = check_label(words.label)
    now, wanted = words_of(role), replace(words, label=label)
    if now == wanted:
        return role
    if now != was:
        raise _changed_meanwhile(now, wanted)
    if label.casefold() != role.label.casefold():
        _check_label_is_free(label)
    audit.record(
        "change_role",
        _subject(role),
        by=by,
        before=_facts(now),
        after=_facts(wanted),
    )
    role.label, role.side = wanted.label, wanted.side
    role.one_holder = wanted.one_holder
    db.session.flush()
    return role


def retire_role(role_id: UUID, *, by: str) -> Role:
    """Stop giving a role to anyone new; who holds it keeps it. Raises ``NotFound``."""
    role = _for_change(role_id)
    if role.retired_at is None:
        role.retired_at = clock.now()
        audit.record("retire_role", _subject(role), by=by, before={"label": role.label})
        db.session.flush()
    return role


def restore_role(role_id: UUID, *, by: str) -> Role:
    """Give a retired role again. Raises ``NotFound``, ``RoleRefused`` when its name was taken."""
    role = _for_change(role_id)
    if role.retired_at is not None:
        _check_label_is_free(role.label)
        role.retired_at = None
        audit.record("restore_role", _subject(role), by=by, after={"label": role.label})
        db.session.flush()
    return role


def _for_change(role_id: UUID) -> Role:
    role = db.session.scalar(
        select(Role)
        .where(Role.id == role_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if role is None:
        raise NotFound(say("There is no such role in this consortium."))
    return role


def _check_label_is_free(label: str) -> None:
    if any(role.label.casefold() == label.casefold() for role in roles()):
        raise _name_taken(label)


def _name_taken(label: str) -> RoleRefused:
    return RoleRefused(say("There is already a role “%(label)s”.", label=label), field="label")


def _changed_meanwhile(now: RoleWords, sent: RoleWords) -> Conflict:
    holders = (say("Holders at a time"), _holders(now), _holders(sent))
    return Conflict(
        say("Someone else changed this role while you were writing. Nothing of yours is lost:"),
        versions=(
            (say("Name"), now.label, sent.label),
            (say("Side"), SIDE_WORDS[now.side], SIDE_WORDS[sent.side]),
            *([holders] if now.one_holder != sent.one_holder else []),
        ),
    )


def words_of(role: Role) -> RoleWords:
    """Return what the consortium decided about a role."""
    return RoleWords(label=role.label, side=role.side, one_holder=role.one_holder)


def _holders(words: RoleWords) -> Sentence:
    return say("One") if words.one_holder else say("Several")


def _subject(role: Role) -> str:
    return f"role:{role.id}"


def _facts(words: RoleWords) -> dict[str, object]:
    return {"label": words.label, "side": words.side.value, "one_holder": words.one_holder}
