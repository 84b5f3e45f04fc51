"""What is open to a state's LEAs across all consortia, in public facts."""

from events.registration.service.open_doors import (
    OpenDoor,
    StatePartnership,
    open_doors,
    partnerships_of_state,
)

__all__ = ["OpenDoor", "StatePartnership", "open_doors", "partnerships_of_state"]
