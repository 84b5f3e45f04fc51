"""Where the pages of the programme are, and what they say."""

PROGRAMME = "/lakeshore/institutes/summer/programme"
MANAGED = "/lakeshore/manage/institutes/summer"
SESSIONS = f"{MANAGED}/sessions"
ADD = "/lakeshore/manage/institutes/summer/add-session"
