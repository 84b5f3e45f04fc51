"""Where the pages of the programme are, and what they say."""

PROGRAMME = "/lakeshore/institutes/summer/programme"
SESSIONS = "/lakeshore/manage/institutes/summer/sessions"
ADD = "/lakeshore/manage/institutes/summer/add-session"
