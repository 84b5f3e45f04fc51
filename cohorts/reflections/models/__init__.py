"""Reflections and lessons as rows."""

from cohorts.reflections.models.lessons import ONE_AGREEMENT, Lesson, LessonAgreement
from cohorts.reflections.models.reflections import (
    ONE_OF_TEAM,
    ONE_OWN,
    ONE_SET,
    Reflection,
    ReflectionPrompts,
)

__all__ = [
    "ONE_AGREEMENT",
    "ONE_OF_TEAM",
    "ONE_OWN",
    "ONE_SET",
    "Lesson",
    "LessonAgreement",
    "Reflection",
    "ReflectionPrompts",
]
