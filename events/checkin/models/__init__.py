"""The tables of check-in."""

from events.checkin.models.badges import BadgePrint, PrintedBadge
from events.checkin.models.desks import SETTINGS_MADE, CheckInSettings, Kiosk
from events.checkin.models.scans import ONE_CHECK_IN, ONE_SCAN, ONE_STRIKE, CheckIn, Scan, Strike

__all__ = [
    "ONE_CHECK_IN",
    "ONE_SCAN",
    "ONE_STRIKE",
    "SETTINGS_MADE",
    "BadgePrint",
    "CheckIn",
    "CheckInSettings",
    "Kiosk",
    "PrintedBadge",
    "Scan",
    "Strike",
]
