"""What others may ask about a partnership's standing meetings and offices."""

from cohorts.structures.service.bodies import (
    begin_body,
    bodies_of,
    bodies_of_many,
    change_body,
    draft_of,
    end_body,
    get_body,
    resume_body,
)
from cohorts.structures.service.meetings import (
    change_meeting,
    get_meeting,
    log_meeting,
    meetings_of,
    strike_meeting,
)
from cohorts.structures.service.offices import (
    OfficeDraft,
    get_term,
    leaders_of,
    lines_of,
    lines_of_many,
    may_write,
    people_of,
    roles_to_write,
    sides_led,
    write_office,
)
from cohorts.structures.service.part import bodies_part, years_part
from cohorts.structures.service.reading import (
    Opened,
    Past,
    Reader,
    open_partnership,
    open_to_edit,
    past_of,
)
from cohorts.structures.service.years import Year, kept_by, years_of

__all__ = [
    "OfficeDraft",
    "Opened",
    "Past",
    "Reader",
    "Year",
    "begin_body",
    "bodies_of",
    "bodies_of_many",
    "bodies_part",
    "change_body",
    "change_meeting",
    "draft_of",
    "end_body",
    "get_body",
    "get_meeting",
    "get_term",
    "kept_by",
    "leaders_of",
    "lines_of",
    "lines_of_many",
    "log_meeting",
    "may_write",
    "meetings_of",
    "open_partnership",
    "open_to_edit",
    "past_of",
    "people_of",
    "resume_body",
    "roles_to_write",
    "sides_led",
    "strike_meeting",
    "write_office",
    "years_of",
    "years_part",
]
