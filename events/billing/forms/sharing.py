"""Which payer pays which share: one row for each, all of them at once."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from consortium.fields import (
    Row,
    Rows,
    TicksField,
    read_cents,
    read_points,
    read_whole,
    refuse,
)
from consortium.forms import ActForm
from consortium.words import Sentence, say
from events.billing.domain.splitting import BASIS_WORDS, Basis, ShareRule, percent
from events.billing.models import BillShare
from events.institutes.models import RoleRequirement

HOW_TO_WRITE: Mapping[Basis, Sentence] = {
    Basis.PERCENT: say("Write a percentage from 0 to 100, like 50 or 33.33."),
    Basis.AMOUNT: say("Write an amount in dollars, like 400.00."),
    Basis.SEATS: say("Write how many seats, like 2."),
    Basis.ROLES: say("Tick the roles whose seats it pays."),
}


class ShareRow(Row):
    """One payer's share."""

    share_id = HiddenField()
    basis = SelectField(say("Share"), validate_choice=False)
    value = StringField(say("How much"))
    roles = TicksField(say("Roles"), choices=[])

    payer = ""
    """Who pays it; empty for a share that is not of this bill, which is left out."""

    declined = False
    """Whether the payer said no to it: nobody is billed for it as long as it has one."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a share that is no number, and one of roles without any."""
        valid = super().validate(extra_validators)
        if self.payer and self.rule() is None:
            control = self.roles if self.meant is Basis.ROLES else self.value
            valid = refuse(control, HOW_TO_WRITE[self.meant])
        return valid

    @property
    def meant(self) -> Basis:
        """How the share is meant; whatever is left where nothing was chosen."""
        return Basis(self.basis.data) if self.basis.data in set(Basis) else Basis.REST

    def rule(self) -> ShareRule | None:
        """Return the share as a rule; ``None`` when what was written says no share."""
        basis = self.meant
        if basis is Basis.REST:
            return ShareRule(basis=basis)
        if basis is Basis.ROLES:
            roles = tuple(self.roles.data or ())
            return ShareRule(basis=basis, roles=roles) if roles else None
        number = _READ[basis](self.value.data or "")
        return None if number is None else ShareRule(basis=basis, value=number)


class SharesForm(ActForm):
    """The shares of all payers of a bill."""

    rows = Rows(ShareRow)

    def about(
        self,
        shares: Sequence[BillShare],
        roles: Sequence[RoleRequirement] = (),
        *,
        seats: bool = True,
    ) -> None:
        """Make one row for each share; rows of others are dropped.

        What an institute itself costs has no ``seats`` to share by.
        """
        bases = [one for one in Basis if seats or one not in {Basis.SEATS, Basis.ROLES}]
        if not self.is_submitted():
            while self.rows.entries:
                self.rows.pop_entry()
            for share in shares:
                self.rows.append_entry(
                    {
                        "share_id": str(share.id),
                        "basis": share.basis.value,
                        "value": _written(share),
                        "roles": list(share.roles),
                    }
                )
        self._known = {str(share.id): share for share in shares}
        for row in self.rows.forms:
            known = self._known.get(row.share_id.data or "")
            row.basis.choices = [SelectChoice(one.value, BASIS_WORDS[one]) for one in bases]
            row.roles.choices = [SelectChoice(role.code, role.label) for role in roles]
            row.payer = known.payer.name if known is not None else ""
            row.declined = known is not None and known.declined_at is not None

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each share, and lead from the summary to what is wrong with it."""
        valid = super().validate(extra_validators)
        for row in self.rows.forms:
            for control in (row.value, row.roles):
                for how in control.errors:
                    words = say("%(payer)s: %(how)s", payer=row.payer, how=how)
                    self.links = (*self.links, (words, f"#{control.id}"))
        return valid

    def to_rules(self) -> Mapping[UUID, ShareRule]:
        """Return each share's rule."""
        rules = {}
        for row in self.rows.forms:
            rule = row.rule()
            if row.share_id.data in self._known and rule is not None:
                rules[UUID(row.share_id.data)] = rule
        return rules


_READ = {Basis.PERCENT: read_points, Basis.AMOUNT: read_cents, Basis.SEATS: read_whole}


def _written(share: BillShare) -> str:
    if share.basis is Basis.PERCENT:
        return percent(share.value).removesuffix(" %")
    if share.basis is Basis.AMOUNT:
        return f"{share.value // 100}.{share.value % 100:02d}"
    return str(share.value) if share.basis is Basis.SEATS else ""
