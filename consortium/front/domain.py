"""What help there is: a page for each thing someone wants to do, in the order of reading."""

from collections.abc import Sequence
from dataclasses import dataclass

from consortium.words import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One page of help."""

    code: str
    """The end of its address, and the name of its template."""
    title: Sentence


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """The pages for one kind of reader."""

    code: str
    """Its place on the page that lists them all; links from outside point there."""
    title: Sentence
    topics: Sequence[Topic]


HELP: Sequence[Chapter] = (
    Chapter(
        code="leads",
        title=say("You lead a team"),
        topics=(
            Topic(code="register", title=say("Register a team")),
            Topic(code="apply", title=say("Apply, or come by invitation")),
            Topic(code="two-leads", title=say("Lead a team with the other side")),
            Topic(code="waitlist", title=say("When an institute is full")),
            Topic(code="someone-else", title=say("Someone else comes")),
            Topic(code="costs", title=say("See what it costs, and say who pays")),
            Topic(code="packet", title=say("Get the trip approved")),
            Topic(code="hand-in", title=say("Hand in what the host asks for")),
            Topic(code="year", title=say("Your partnership, and its year in a cohort")),
            Topic(code="plans", title=say("Write and sign a plan of both sides")),
            Topic(code="lasting", title=say("Keep what outlives a leader")),
            Topic(code="lessons", title=say("Look back on meetings, and share lessons")),
            Topic(code="history", title=say("See who changed what")),
        ),
    ),
    Chapter(
        code="members",
        title=say("You are on a team"),
        topics=(
            Topic(code="your-seat", title=say("Answer your invitation")),
            Topic(code="choices", title=say("Choose your sessions")),
            Topic(code="calendar", title=say("Keep the dates in your calendar")),
            Topic(code="peers", title=say("Meet your peers")),
            Topic(code="materials", title=say("Get the materials")),
            Topic(code="credit", title=say("Get your credit and certificate")),
        ),
    ),
    Chapter(
        code="payers",
        title=say("You pay for a team"),
        topics=(
            Topic(code="pay", title=say("Pay an invoice")),
            Topic(code="purchase-orders", title=say("Pay by purchase order")),
        ),
    ),
    Chapter(
        code="coordinators",
        title=say("You run institutes"),
        topics=(
            Topic(code="institutes", title=say("Open an institute")),
            Topic(code="programme-files", title=say("Load a programme from a file")),
            Topic(code="ways-in", title=say("Choose how teams come in")),
            Topic(code="fees", title=say("Set what it costs")),
            Topic(code="terms", title=say("Set payment terms and refunds")),
            Topic(code="selection", title=say("Choose who comes")),
            Topic(code="places", title=say("Set places and the waitlist")),
            Topic(code="questions", title=say("Ask your own questions")),
            Topic(code="programme", title=say("Write and publish a programme")),
            Topic(code="hand-out", title=say("Hand out materials")),
            Topic(code="signs", title=say("Print the programme, and hang up screens")),
            Topic(code="deliverables", title=say("Ask teams for presentations and plans")),
            Topic(code="credit-rules", title=say("Give credit and certificates")),
            Topic(code="follow", title=say("Follow the teams")),
            Topic(code="cohorts", title=say("Run a cohort through its year")),
            Topic(code="at-risk", title=say("See which partnerships are at risk")),
            Topic(code="surveys", title=say("Ask in surveys")),
            Topic(code="teams-together", title=say("Seat teams at tables, and find partners")),
            Topic(code="check-in", title=say("Check people in")),
            Topic(code="lists", title=say("Import teams from a spreadsheet")),
            Topic(code="cancel", title=say("Cancel an institute")),
            Topic(code="entered-twice", title=say("Merge what was entered twice")),
            Topic(code="reports", title=say("Report to funders")),
            Topic(code="settings", title=say("Change your consortium")),
        ),
    ),
    Chapter(
        code="finance",
        title=say("You keep the books"),
        topics=(
            Topic(code="owed", title=say("See who owes what")),
            Topic(code="checks", title=say("Record checks and deposits")),
            Topic(code="refunds", title=say("Pay refunds")),
            Topic(code="exceptions", title=say("Settle exceptions")),
            Topic(code="cards", title=say("Take cards and bank accounts")),
            Topic(code="months", title=say("Close a month")),
        ),
    ),
    Chapter(
        code="others",
        title=say("For everyone"),
        topics=(
            Topic(code="signing-in", title=say("Sign in")),
            Topic(code="others", title=say("You help, keep the books, or fund it")),
            Topic(code="words", title=say("Words we use")),
            Topic(code="data", title=say("What happens with your data")),
        ),
    ),
)


def find_topic(code: str) -> tuple[Chapter, Topic] | None:
    """Return a page of help and the chapter that it stands in, if there is one."""
    return next(
        ((chapter, topic) for chapter in HELP for topic in chapter.topics if topic.code == code),
        None,
    )
