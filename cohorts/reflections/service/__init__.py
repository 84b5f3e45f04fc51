"""What people do with reflections and lessons, and what other features ask about them."""

from cohorts.reflections.service.finding import (
    Shared,
    Spot,
    find_own,
    prompts_of,
    readable,
    reading_of,
    require_writing,
    spot_at,
)
from cohorts.reflections.service.lessons import (
    LessonPage,
    agree_to_lesson,
    body_from,
    change_lesson,
    lesson_page,
    lessons_of,
    remove_lesson,
    withdraw_lesson,
    write_lesson,
)
from cohorts.reflections.service.library import (
    Shelf,
    Story,
    Wanted,
    look_up,
    published_lesson,
    require_library,
    stories_among,
)
from cohorts.reflections.service.part import lessons_part
from cohorts.reflections.service.writing import (
    Said,
    ask_after_meetings,
    reflect,
    reflect_as_team,
    take_back,
)

__all__ = [
    "LessonPage",
    "Said",
    "Shared",
    "Shelf",
    "Spot",
    "Story",
    "Wanted",
    "agree_to_lesson",
    "ask_after_meetings",
    "body_from",
    "change_lesson",
    "find_own",
    "lesson_page",
    "lessons_of",
    "lessons_part",
    "look_up",
    "prompts_of",
    "published_lesson",
    "readable",
    "reading_of",
    "reflect",
    "reflect_as_team",
    "remove_lesson",
    "require_library",
    "require_writing",
    "spot_at",
    "stories_among",
    "take_back",
    "withdraw_lesson",
    "write_lesson",
]
