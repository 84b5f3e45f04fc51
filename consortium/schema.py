"""Every table of the installation in one place, for migrations, ``verify`` and tests."""

import events.institutes.models
import events.registration.models
import events.schedule.models  # noqa: F401
from consortium.database import Base

tables = Base.metadata.tables
