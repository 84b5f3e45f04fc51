"""The LEAs of the demonstration's story; none of them exists, and no real id is used."""

from consortium.directory import service as directory
from consortium.directory.domain import LeaRecord

EASTERN = "America/New_York"

_LEAS: tuple[tuple[str, str, str, str, str, int, str, str], ...] = (
    # id, name, city, state, locale, students, kind, what it is called at home
    ("3499001", "Harbor Point Township", "Harbor Point", "NJ", "21", 5240, "district", ""),
    ("3499002", "Cedar Hollow Regional", "Cedar Hollow", "NJ", "31", 2110, "district", "regional high school district"),
    ("3499003", "Millbrook City", "Millbrook", "NJ", "12", 11830, "district", ""),
    ("3499004", "Pinefield Borough", "Pinefield", "NJ", "41", 1460, "district", ""),
    ("3499005", "Seabright Shore", "Seabright", "NJ", "21", 4890, "district", ""),
    ("3499006", "Lenape Ridge Regional", "Lenape Ridge", "NJ", "42", 1980, "district", "regional high school district"),
    ("3499007", "Oakhurst Gardens", "Oakhurst", "NJ", "21", 6020, "district", ""),
    ("3499008", "Tidewater Charter School", "Millbrook", "NJ", "12", 640, "charter", ""),
    ("3499009", "Garden County Technical", "Garden City", "NJ", "22", 2350, "district", "county technical schools"),
    ("1099001", "Blue Heron Consolidated", "Blue Heron", "DE", "32", 3700, "district", ""),
)  # fmt: skip


def list_them(by: str) -> None:
    """Put the story's LEAs into the directory, unless they are there. Flushes."""
    for id_, name, city, state, locale, students, kind, local_label in _LEAS:
        record = LeaRecord(
            id=id_,
            name=name,
            city=city,
            state=state,
            locale=locale,
            enrollment=students,
            kind=kind,
            time_zone=EASTERN,
        )
        directory.add_lea(record, local_label=local_label, by=by)
