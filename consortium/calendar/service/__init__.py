"""A person's private calendar: its feed, and what was told by mail of what is in it."""

from consortium.calendar.service.feeds import (
    close_feed,
    end_feed,
    feed_of,
    find_feed,
    find_person_by_token,
    find_token,
    rotate,
    rotate_feeds_of,
    tell_that_it_ended,
)

__all__ = [
    "close_feed",
    "end_feed",
    "feed_of",
    "find_feed",
    "find_person_by_token",
    "find_token",
    "rotate",
    "rotate_feeds_of",
    "tell_that_it_ended",
]
