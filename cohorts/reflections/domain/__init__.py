"""Reflections and lessons: rules over plain values."""

from cohorts.reflections.domain.lessons import (
    WORDING,
    Agreed,
    LessonText,
    check_lesson,
    is_published,
    may_report,
    search_text,
    search_words,
    standing,
)
from cohorts.reflections.domain.prompts import USUAL, check_prompts
from cohorts.reflections.domain.topics import PLACES, SIZES, TOPICS, Like, like
from cohorts.reflections.domain.visibility import (
    OWN_HINTS,
    TEAM_HINTS,
    VISIBILITIES,
    Reading,
    ReflectionRefused,
    Visibility,
    Written,
    check_visibility,
    may_read,
)

__all__ = [
    "OWN_HINTS",
    "PLACES",
    "SIZES",
    "TEAM_HINTS",
    "TOPICS",
    "USUAL",
    "VISIBILITIES",
    "WORDING",
    "Agreed",
    "LessonText",
    "Like",
    "Reading",
    "ReflectionRefused",
    "Visibility",
    "Written",
    "check_lesson",
    "check_prompts",
    "check_visibility",
    "is_published",
    "like",
    "may_read",
    "may_report",
    "search_text",
    "search_words",
    "standing",
]
