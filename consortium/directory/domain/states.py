"""States and territories as the national lists code them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """One code of the national lists. LEA ids begin with the two digits of their state."""

    code: str
    name: str
    digits: str
    time_zone: str = ""
    """The one zone of the whole state; empty where there are several."""


_EASTERN, _CENTRAL = "America/New_York", "America/Chicago"
_MOUNTAIN, _PACIFIC = "America/Denver", "America/Los_Angeles"

ALL_STATES: Mapping[str, State] = {
    state.code: state
    for state in (
        State("AL", "Alabama", "01", _CENTRAL),
        State("AK", "Alaska", "02"),
        State("AZ", "Arizona", "04"),
        State("AR", "Arkansas", "05", _CENTRAL),
        State("CA", "California", "06", _PACIFIC),
        State("CO", "Colorado", "08", _MOUNTAIN),
        State("CT", "Connecticut", "09", _EASTERN),
        State("DE", "Delaware", "10", _EASTERN),
        State("DC", "District of Columbia", "11", _EASTERN),
        State("FL", "Florida", "12"),
        State("GA", "Georgia", "13", _EASTERN),
        State("HI", "Hawaii", "15", "Pacific/Honolulu"),
        State("ID", "Idaho", "16"),
        State("IL", "Illinois", "17", _CENTRAL),
        State("IN", "Indiana", "18"),
        State("IA", "Iowa", "19", _CENTRAL),
        State("KS", "Kansas", "20"),
        State("KY", "Kentucky", "21"),
        State("LA", "Louisiana", "22", _CENTRAL),
        State("ME", "Maine", "23", _EASTERN),
        State("MD", "Maryland", "24", _EASTERN),
        State("MA", "Massachusetts", "25", _EASTERN),
        State("MI", "Michigan", "26"),
        State("MN", "Minnesota", "27", _CENTRAL),
        State("MS", "Mississippi", "28", _CENTRAL),
        State("MO", "Missouri", "29", _CENTRAL),
        State("MT", "Montana", "30", _MOUNTAIN),
        State("NE", "Nebraska", "31"),
        State("NV", "Nevada", "32"),
        State("NH", "New Hampshire", "33", _EASTERN),
        State("NJ", "New Jersey", "34", _EASTERN),
        State("NM", "New Mexico", "35", _MOUNTAIN),
        State("NY", "New York", "36", _EASTERN),
        State("NC", "North Carolina", "37", _EASTERN),
        State("ND", "North Dakota", "38"),
        State("OH", "Ohio", "39", _EASTERN),
        State("OK", "Oklahoma", "40", _CENTRAL),
        State("OR", "Oregon", "41"),
        State("PA", "Pennsylvania", "42", _EASTERN),
        State("RI", "Rhode Island", "44", _EASTERN),
        State("SC", "South Carolina", "45", _EASTERN),
        State("SD", "South Dakota", "46"),
        State("TN", "Tennessee", "47"),
        State("TX", "Texas", "48"),
        State("UT", "Utah", "49", _MOUNTAIN),
        State("VT", "Vermont", "50", _EASTERN),
        State("VA", "Virginia", "51", _EASTERN),
        State("WA", "Washington", "53", _PACIFIC),
        State("WV", "West Virginia", "54", _EASTERN),
        State("WI", "Wisconsin", "55", _CENTRAL),
        State("WY", "Wyoming", "56", _MOUNTAIN),
        State("BI", "Bureau of Indian Education", "59"),
        State("AS", "American Samoa", "60", "Pacific/Pago_Pago"),
        State("DD", "Department of Defense Education Activity", "63"),
        State("GU", "Guam", "66", "Pacific/Guam"),
        State("MP", "Northern Mariana Islands", "69", "Pacific/Saipan"),
        State("PR", "Puerto Rico", "72", "America/Puerto_Rico"),
        State("VI", "U.S. Virgin Islands", "78", "America/St_Thomas"),
    )
}

STATES: Mapping[str, str] = {code: state.name for code, state in ALL_STATES.items()}
"""Code to name: the 50 states, DC, five territories, and two federal bureaus with schools."""
