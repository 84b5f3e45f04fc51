"""What people do with plans, and what other features ask about them."""

from cohorts.plans.service.checklist import change_checklist, checklist_now
from cohorts.plans.service.finding import (
    Reader,
    Seen,
    Standpoint,
    find_standpoint,
    see_partnership,
    see_plan,
)
from cohorts.plans.service.goals import (
    Step,
    add_goal,
    change_goal,
    remove_goal,
    set_phase,
    tick_milestone,
)
from cohorts.plans.service.lists import (
    PlanLine,
    PlansOfPartnership,
    open_plan_of,
    plans_of_cohort,
    plans_of_partnership,
)
from cohorts.plans.service.measuring import (
    add_evidence,
    get_evidence_file,
    record_reading,
    remove_evidence,
    take_reading_back,
)
from cohorts.plans.service.pages import (
    GoalPage,
    PlanPage,
    VersionPage,
    changed_since,
    page_of,
    version_of,
)
from cohorts.plans.service.part import plan_part, readiness_part
from cohorts.plans.service.readiness import ReadinessPage, answer_duties, readiness_of
from cohorts.plans.service.reports import Period, PlanProgress, progress_by_partnership
from cohorts.plans.service.signing import sign, withdraw
from cohorts.plans.service.talking import (
    comment,
    reads_comments,
    take_comment_back,
    take_note_back,
    write_note,
)
from cohorts.plans.service.writing import (
    begin_plan,
    change_purpose,
    close_plan,
    let_host_read,
    set_next_meeting,
)

__all__ = [
    "GoalPage",
    "Period",
    "PlanLine",
    "PlanPage",
    "PlanProgress",
    "PlansOfPartnership",
    "Reader",
    "ReadinessPage",
    "Seen",
    "Standpoint",
    "Step",
    "VersionPage",
    "add_evidence",
    "add_goal",
    "answer_duties",
    "begin_plan",
    "change_checklist",
    "change_goal",
    "change_purpose",
    "changed_since",
    "checklist_now",
    "close_plan",
    "comment",
    "find_standpoint",
    "get_evidence_file",
    "let_host_read",
    "open_plan_of",
    "page_of",
    "plan_part",
    "plans_of_cohort",
    "plans_of_partnership",
    "progress_by_partnership",
    "readiness_of",
    "readiness_part",
    "reads_comments",
    "record_reading",
    "remove_evidence",
    "remove_goal",
    "see_partnership",
    "see_plan",
    "set_next_meeting",
    "set_phase",
    "sign",
    "take_comment_back",
    "take_note_back",
    "take_reading_back",
    "tick_milestone",
    "version_of",
    "withdraw",
    "write_note",
]
