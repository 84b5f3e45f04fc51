"""What coordinators fill in about programmes."""

from events.schedule.forms.moving import MoveForm
from events.schedule.forms.publishing import PublishForm
from events.schedule.forms.rooms import PresenterForm, RoomForm, VenueForm
from events.schedule.forms.sessions import SessionForm

__all__ = ["MoveForm", "PresenterForm", "PublishForm", "RoomForm", "SessionForm", "VenueForm"]
