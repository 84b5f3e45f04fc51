"""What is stored of a partnership's standing meetings and committees."""

from cohorts.structures.models.bodies import Body, BodyMember
from cohorts.structures.models.meetings import ONE_MEETING_A_DAY, BodyMeeting, House

__all__ = ["ONE_MEETING_A_DAY", "Body", "BodyMeeting", "BodyMember", "House"]
