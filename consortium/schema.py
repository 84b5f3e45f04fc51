"""Every table of the installation in one place, for migrations, ``verify`` and tests."""

# ruff: noqa: F401  (importing a feature's models is what makes its tables known)

import cohorts.handover.models
import cohorts.learning.models
import cohorts.matching.models
import cohorts.plans.models
import cohorts.reflections.models
import cohorts.reports.models
import cohorts.structures.models
import cohorts.surveys.models
import consortium.actions.models
import consortium.audit.models
import consortium.auth.models
import consortium.calendar.models
import consortium.directory.models
import consortium.drafts.models
import consortium.files.models
import consortium.merging.models
import consortium.outbox.models
import consortium.people.models
import consortium.tenants.models
import events.agenda.models
import events.billing.models
import events.checkin.models
import events.credit.models
import events.deliverables.models
import events.institutes.models
import events.intake.models
import events.invoices.models
import events.ledger.models
import events.materials.models
import events.packets.models
import events.payments.models
import events.questions.models
import events.registration.models
import events.schedule.models
from consortium.database import Base

tables = Base.metadata.tables
