"""What ``consortium schedule --help`` and ``--example`` print."""

HELP = """Schedule sessions: a slot and a room for each, and a seat for each person.

PROGRAMME is a JSON file (--example prints one) or a folder of tables.

\b
The file: "format" is "consortium-programme/1". Days are like 2027-06-21,
times like 09:30. What is not said can be left out.
  "slots"      id, day, start, end
  "rooms"      id, name, capacity (none: for anyone), features, venue,
               open: when it can be used (day, start, end; none: always)
  "fixed"      plenaries, meals: title, day, start, end, room, presenters,
               required_roles (["*"]: everyone is there)
  "presenters" id; away: slots in which nobody can ask them, or
               available: the slots in which alone one can
  "sessions"   id, title, kind, minutes (none: one slot), track, presenters,
               facilitators, features of the room, required_roles: whose
               people all have to be there, expected: for how many, capacity,
               same_content: what repeats have in common, before: sessions
               that begin only when this one has ended; slot, room: locked
  "people"     id, team, role, choices: sessions, the most wanted first
  "weights"    in points (a first choice has 10, a tenth 1): track 5, two of
               one track side by side; venue 2, one person's way to another
               venue; team 3, the first of a team in a session

A presenter is known by the same id among the people, if among them. A session
that is longer than any slot takes several that follow each other on one day,
with breaks of up to 30 minutes between them, and has its room all the while.

\b
Every schedule keeps these rules: one session at a time in a room; nobody who
presents, and no role that is required, in two places; rooms that are large
enough, open, and have what is needed; presenters when they can; repeats of
one content at different times; before, and locks. If none can, the rules
that contradict each other are named. Then, as well as can be: what people
ranked is not side by side, nor are tracks; what many want is in large rooms;
few ways to another venue; seats are exactly the best for the schedule.

\b
The folder: sessions.csv (id, kind, role, features, facilitators, before),
rooms.csv (id, places, features), slots.csv (id; or id, day, start, end),
people.csv (id, team, role), choices.csv (person, session, rank). Several
words of a cell have ; between them. Known besides: of sessions title,
minutes, expected, capacity, same_content, track, slot, room; of rooms name,
venue; of people away. OUT is a folder then: schedule.csv (session, slot,
room) and seats.csv (person, slot, session).

With --from and --keep as few sessions as possible move, then as few as
possible change rooms: for when a presenter falls ill or a room is lost.
--prove says how far the schedule can be from the best that there is, --prices
writes what proves it (session, price; the row without a session: a slot).

The same programme, options and seed give the same bytes, unless the time ends
first; the report then says "cut_short". --seconds is turned into steps at a
pace that any machine keeps. Ctrl-C ends with the best so far. Exit code 2:
PROGRAMME has faults, each told with its line, or no schedule keeps every
rule; nothing is written then.
"""

EXAMPLE = """\
{
 "format": "consortium-programme/1",
 "title": "Summer institute",
 "slots": [
  {"id": "am", "day": "2027-06-21", "start": "09:00", "end": "10:15"},
  {"id": "late", "day": "2027-06-21", "start": "10:30", "end": "11:45"},
  {"id": "pm", "day": "2027-06-21", "start": "13:15", "end": "14:30"}
 ],
 "rooms": [
  {"id": "hall", "name": "Hall", "capacity": 120, "features": ["projector"]},
  {"id": "r1", "name": "Room 1", "capacity": 30,
   "open": [{"day": "2027-06-21", "start": "08:00", "end": "12:00"}]}
 ],
 "fixed": [
  {"title": "Lunch", "day": "2027-06-21", "start": "12:00", "end": "13:00",
   "required_roles": ["*"]}
 ],
 "presenters": [{"id": "Dana", "away": ["pm"]}],
 "sessions": [
  {"id": "story", "title": "A district's story", "presenters": ["Dana"]},
  {"id": "budget", "title": "Budgets", "features": ["projector"],
   "before": ["plans"]},
  {"id": "plans", "title": "Writing the plan", "expected": 40},
  {"id": "leads", "title": "Superintendents", "required_roles": ["superintendent"]}
 ],
 "people": [
  {"id": "ana", "team": "East", "role": "superintendent", "choices": ["story", "plans"]},
  {"id": "ben", "team": "East", "role": "teacher", "choices": ["budget", "story"]}
 ]
}
"""
