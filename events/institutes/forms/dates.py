"""Days, deadlines and hosts: forms of several rows."""

from collections.abc import Collection
from typing import Any

from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consortium.fields import ClockField, DayField, Row, Rows, refuse
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.institutes.domain import VISITOR_CLOSING, Due, closing
from events.institutes.domain.sections import DayPlan, Days, Deadlines, HostLine, Hosts
from events.institutes.domain.slugs import slug_of
from events.institutes.domain.wording import plain
from events.institutes.models import Institute
from events.institutes.service.sections import section_of

NEWCOMERS = ("new_district", "new_member")
OTHER = "other"
REGISTER_BY = "register_by"
DEADLINES = {
    REGISTER_BY: say("Registration closes"),
    "visitors_by": say("Visitors register until"),
    "substitute_until": say("Free substitution until"),
    "refund_until": say("Full refund until"),
    "food_access_by": say("Dietary and access needs until"),
    "choose_from": say("Sessions are chosen from"),
    "choose_by": say("Sessions are chosen until"),
    OTHER: say("Something else"),
}


class DayRow(Row):
    """One day."""

    waiting: Collection[str] = ()
    """Names of the days that may go on without a date."""

    on = DayField(say("Date"), [Optional()])
    label = StringField(say("Name"))
    optional = BooleanField(say("Optional"))
    newcomers = BooleanField(say("For newcomers only"))
    remove = BooleanField(say("Remove this day"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the date of a day that has anything else."""
        valid = super().validate(extra_validators)
        if valid and not self.remove.data and self.label.data and self.on.data is None:
            if self.waits:
                return True
            return refuse(self.on, say("Give this day its date, or empty the row."))
        return valid or bool(self.remove.data)

    @property
    def waits(self) -> bool:
        """Whether this is a day whose date is still to be set."""
        return not self.remove.data and self.on.data is None and self.label.data in self.waiting

    def to_day(self) -> DayPlan | None:
        """Return the day, if there is one."""
        if self.remove.data or self.on.data is None:
            return None
        return DayPlan(
            on=self.on.data,
            label=self.label.data or "",
            optional=bool(self.optional.data),
            audience_flags=NEWCOMERS if self.newcomers.data else (),
        )


class DaysForm(VersionedForm):
    """The days on which it is held."""

    rows = Rows(DayRow)

    def __init__(self, institute: Institute) -> None:
        stored: Days = section_of(institute, Days)
        rows = [{**vars(day), "newcomers": bool(day.audience_flags)} for day in stored.days]
        rows += [{"label": name} for name in stored.undated]
        super().__init__(data={"rows": rows, "version": str(institute.version)})
        for row in self.rows.forms:
            row.waiting = stored.undated

    def to_section(self) -> Days:
        """Return what was filled in, in order of date."""
        days = [day for day in (row.to_day() for row in self.rows.forms) if day]
        return Days(
            days=tuple(sorted(days, key=lambda day: day.on)),
            undated=tuple(row.label.data for row in self.rows.forms if row.waits),
        )


class DeadlineRow(Row):
    """One deadline."""

    waiting: Collection[str] = ()
    """Codes of the deadlines that may go on without a date."""

    code = SelectField(say("Kind"), choices=[], default=OTHER, validate_choice=False)
    what = StringField(say("What must be done"))
    on = DayField(say("Date"), [Optional()])
    at = ClockField(say("Time"), [Optional()])
    remove = BooleanField(say("Remove this deadline"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the date, and for words where the kind has none."""
        valid = super().validate(extra_validators)
        if self.remove.data:
            return True
        if valid and (self.what.data or self.at.data) and self.on.data is None:
            if self.waits and not self.at.data:
                return True
            return refuse(self.on, say("Give this deadline its date, or empty the row."))
        if valid and self.on.data and self.code.data == OTHER and not self.what.data:
            return refuse(self.what, say("Say what must be done by then."))
        return valid

    @property
    def waits(self) -> bool:
        """Whether this is a deadline whose date is still to be set."""
        return not self.remove.data and self.on.data is None and self.code.data in self.waiting

    def to_due(self) -> Due | None:
        """Return the deadline, if there is one."""
        if self.remove.data or self.on.data is None:
            return None
        code, what = self.code.data or OTHER, self.what.data or ""
        if code == OTHER:
            code = slug_of(what).replace("-", "_")
        what = what or str(DEADLINES.get(code, plain(code)))
        return Due(code=code, what=what, on=self.on.data, at=self.at.data)


class DeadlinesForm(VersionedForm):
    """By when what must have happened."""

    rows = Rows(DeadlineRow)

    def __init__(self, institute: Institute) -> None:
        stored: Deadlines = section_of(institute, Deadlines)
        rows: list[dict[str, Any]] = [vars(due) for due in stored.dues]
        rows += [{"code": code, "what": what} for code, what in stored.undated]
        super().__init__(data={"rows": rows, "version": str(institute.version)})
        own = {row["code"]: row["what"] or plain(row["code"]) for row in rows}
        if not self.is_submitted() and closing(stored.dues, VISITOR_CLOSING) is None:
            self.rows.forms[len(rows)].code.data = REGISTER_BY
        choices = [SelectChoice(code, words) for code, words in {**own, **DEADLINES}.items()]
        for row in self.rows.forms:
            row.code.choices = choices
            row.waiting = [code for code, _ in stored.undated]

    def to_section(self) -> Deadlines:
        """Return what was filled in, in the order of the rows."""
        dues = (row.to_due() for row in self.rows.forms)
        return Deadlines(
            dues=tuple(due for due in dues if due),
            undated=tuple(
                (row.code.data, row.what.data or "") for row in self.rows.forms if row.waits
            ),
        )


class HostRow(Row):
    """One host."""

    name = StringField(say("Organization"))
    role = StringField(say("Its part"), description=say("Such as host, partner or fiscal agent."))
    remove = BooleanField(say("Remove this host"))

    def to_host(self) -> HostLine | None:
        """Return the host, if there is one."""
        if self.remove.data or not self.name.data:
            return None
        return HostLine(name=self.name.data, role=self.role.data or "")


class HostsForm(VersionedForm):
    """Who holds it."""

    rows = Rows(HostRow)

    def __init__(self, institute: Institute) -> None:
        stored: Hosts = section_of(institute, Hosts)
        rows = [{"name": host.name, "role": host.role} for host in stored.hosts]
        super().__init__(data={"rows": rows, "version": str(institute.version)})

    def to_section(self) -> Hosts:
        """Return what was filled in, each organization once."""
        hosts = [host for host in (row.to_host() for row in self.rows.forms) if host]
        return Hosts(hosts=tuple({host.name: host for host in hosts}.values()))
