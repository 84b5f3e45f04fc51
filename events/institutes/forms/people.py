"""Who may come, what makes a team, and one role of it."""

from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from consortium.fields import NumberField, TicksField, refuse
from consortium.people.domain import SIDE_WORDS, Side
from consortium.people.models import Role
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.institutes.domain import Admission, Gate, RoleRule, Strength, gate_of
from events.institutes.domain.sections import Coming, InstituteRefused, TeamRules
from events.institutes.domain.slugs import slug_of
from events.institutes.domain.states import read_states, written_states
from events.institutes.domain.wording import GATES, STRENGTHS, UNITS, in_words
from events.institutes.models import Institute
from events.institutes.service.sections import section_of

OWN_ROLE = ""


class AdmissionForm(VersionedForm):
    """Who may come."""

    every_state = BooleanField(say("Teams from every state may come"))
    home = StringField(
        say("Home states"),
        description=say("Teams from here may come, with commas between: NJ, PA."),
    )
    excluded = StringField(
        say("Except these states"), description=say("Only where every other state may come.")
    )
    guests = StringField(
        say("Guest states"),
        description=say("May come as guests. A country is written by its name: DE, South Africa."),
    )
    by_request = BooleanField(say("Teams from other states may ask to come"))
    others_note = TextAreaField(
        say("Note on others"), description=say("Your own words, such as “visitors by invitation”.")
    )
    unit_types = TicksField(say("Open to"), choices=[])

    def __init__(self, institute: Institute) -> None:
        stored: Coming = section_of(institute, Coming)
        self._before = stored.unit_types
        said = stored.admission
        super().__init__(
            data={
                "every_state": said.everywhere,
                "home": written_states(said.home),
                "excluded": written_states(said.excluded),
                "guests": written_states(said.guests),
                "by_request": said.by_request,
                "others_note": said.others_note,
                "unit_types": list(stored.unit_types),
                "version": str(institute.version),
            }
        )
        own = {unit: in_words(unit, UNITS) for unit in stored.unit_types}
        # Files spell some in two ways; one of them is offered.
        known = {unit: words for unit, words in UNITS.items() if unit not in {"charter", "state"}}
        self.unit_types.choices = [SelectChoice(*unit) for unit in {**known, **own}.items()]

    def validate(self, extra_validators: Any = None) -> bool:
        """Read the states now, so that a fault stands beside its field."""
        valid = super().validate(extra_validators)
        for field in (self.home, self.excluded, self.guests):
            try:
                read_states(field.data or "", field=field.name)
            except InstituteRefused as refusal:
                valid = refuse(field, refusal.message)
        return valid

    def to_section(self) -> Coming:
        """Return what was filled in."""
        everywhere = bool(self.every_state.data)
        excluded = read_states(self.excluded.data or "", field="excluded")
        return Coming(
            admission=Admission(
                home=frozenset() if everywhere else read_states(self.home.data or "", field="home"),
                everywhere=everywhere,
                excluded=excluded if everywhere else frozenset(),
                guests=read_states(self.guests.data or "", field="guests"),
                by_request=bool(self.by_request.data),
                others_note=self.others_note.data or "",
            ),
            unit_types=self.unit_types.chosen(before=self._before),
        )


class TeamForm(VersionedForm):
    """The gate, and how many people a team has."""

    gate = SelectField(say("When can a team register?"), choices=[])
    min_people = NumberField(
        say("Smallest team"), [InputRequired(say("Write a number, 1 if a team may be one person."))]
    )
    max_people = NumberField(
        say("Largest team"), description=say("Leave it empty when there is no largest.")
    )

    def __init__(self, institute: Institute) -> None:
        stored: TeamRules = section_of(institute, TeamRules)
        super().__init__(data={**vars(stored), "version": str(institute.version)})
        words = {gate.value: said for gate, said in GATES.items()}
        if stored.gate not in words:
            read = GATES[gate_of(stored.gate)]
            own = say("As now, “%(own)s”: %(read)s", own=stored.gate.replace("_", " "), read=read)
            words = {stored.gate: own, **words}
        self.gate.choices = [SelectChoice(*gate) for gate in words.items()]

    def to_section(self) -> TeamRules:
        """Return what was filled in."""
        return TeamRules(
            gate=self.gate.data or Gate.IDEAL.value,
            min_people=self.min_people.data or 0,
            max_people=self.max_people.data,
        )


class RoleForm(VersionedForm):
    """One role of a team."""

    code = SelectField(
        say("Role"),
        choices=[],
        description=say("One of your consortium's roles, or another one with a name of its own."),
    )
    label = StringField(
        say("Name on this institute's pages"),
        description=say("Empty: the name your consortium uses."),
    )
    side = SelectField(say("Side"), choices=[SelectChoice(*side) for side in SIDE_WORDS.items()])
    strength = SelectField(
        say("How strongly is it asked for?"),
        choices=[SelectChoice(*strength) for strength in STRENGTHS.items()],
    )
    min = NumberField(say("At least"), [InputRequired(say("Write a number, 0 if none is needed."))])
    max = NumberField(say("At most"), description=say("Leave it empty when there is no limit."))
    waiver = StringField(
        say("May be left out when"),
        description=say("A reason the lead may give, such as “the LEA has no classified unit”."),
    )
    warning = StringField(
        say("Mind"),
        description=say("Shown to the lead, such as “stay below a majority of the board”."),
    )
    applies_to = StringField(
        say("Asked of teams from"), description=say("States, like NJ, DE. Empty: of every team.")
    )
    position = NumberField(
        say("Place in the list"), description=say("1 is the first. Empty: the last.")
    )

    def __init__(
        self, institute: Institute, catalogue: list[Role], role: RoleRule | None = None
    ) -> None:
        rules = [each.rule for each in institute.roles]
        data: dict[str, Any] = {"strength": Strength.EXPECTED.value, "min": 1, "max": 1}
        if role is not None:
            data = {
                **vars(role),
                "applies_to": written_states(frozenset(role.applies_to)),
                "position": rules.index(role) + 1,
            }
        super().__init__(data={**data, "version": str(institute.version)})
        self._named = {each.code: each for each in catalogue}
        self._before = role
        self._rules = rules
        if role is not None:
            del self.code
            return
        used = {rule.code for rule in rules}
        self.code.choices = [
            *(SelectChoice(each.code, each.label) for each in catalogue if each.code not in used),
            SelectChoice(OWN_ROLE, say("Another role, named below")),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a name where the list gives none, and read the states."""
        valid = super().validate(extra_validators)
        try:
            read_states(self.applies_to.data or "", field="applies_to")
        except InstituteRefused as refusal:
            valid = refuse(self.applies_to, refusal.message)
        if self._before is None and not self.code.data and not self.label.data:
            valid = refuse(self.label, say("Give this role a name."))
        return valid

    def to_roles(self) -> tuple[RoleRule, ...]:
        """Return all roles of the institute, with this one as filled in and where it belongs."""
        others = [rule for rule in self._rules if rule != self._before]
        wanted = self.position.data
        at = len(others) if wanted is None else max(0, wanted - 1)
        return (*others[:at], self._role(), *others[at:])

    def _role(self) -> RoleRule:
        code = self._before.code if self._before else self.code.data or ""
        label = self.label.data or ""
        if not code:
            code = slug_of(label).replace("-", "_")
        named = self._named.get(code)
        return RoleRule(
            code=code,
            label=label or (named.label if named else code),
            side=Side(self.side.data),
            strength=Strength(self.strength.data),
            min=self.min.data or 0,
            max=self.max.data,
            waiver=self.waiver.data or "",
            warning=self.warning.data or "",
            applies_to=tuple(sorted(read_states(self.applies_to.data or "", field="applies_to"))),
        )
