"""A survey to begin with, in words of our own: hosts change what does not fit them.

What it asks about follows what research on partnerships in schools reports: the quality of the
partnership, communication, joint decisions, common goals, trust, principal and representative as a
resource, what the representative does, and whether people mean to stay. No sentence of any
published instrument is in it; who has permission to use one imports it as a file.
"""

from cohorts.surveys.domain.instruments import (
    Instrument,
    NetworkModule,
    OpenQuestion,
    Scale,
    Statement,
    Topic,
)
from consortium.words import say

AGREEMENT = (
    say("Strongly disagree"),
    say("Disagree"),
    say("Neither"),
    say("Agree"),
    say("Strongly agree"),
)
OFTEN = (say("Never"), say("Rarely"), say("Sometimes"), say("Often"), say("Always"))
TURNED = "(R)"
"""What begins a line of the editor with a statement that is turned round."""


def starter() -> Instrument:
    """Return the survey of a partnership that every host may begin with."""
    return Instrument(
        title="Working together at our schools",
        introduction=(
            "This survey asks how the union and the administration work together where you work. "
            "There are no right answers."
        ),
        scales=(
            _scale(
                "quality",
                "How well the partnership works",
                "At my school, union and administration solve problems together.",
                "When the two sides disagree, they keep talking until they find a way.",
                "Working together has made things better for students here.",
                "(R) Here, cooperation between union and administration exists mostly on paper.",
            ),
            _scale(
                "communication",
                "Communication",
                "In meetings of both sides I can say what I think.",
                "Between meetings, the two sides talk to each other without formalities.",
                "I hear in good time about decisions that concern my work.",
            ),
            _scale(
                "decisions",
                "Deciding together",
                "Teachers and staff have a say in how we teach.",
                "Teachers and staff have a say in what we learn as professionals.",
                "Teachers and staff have a say in how time and money are used.",
                labels=OFTEN,
            ),
            _scale(
                "goals",
                "Common goals",
                "Union and administration want the same things for our students.",
                "I know which goals the two sides have set together.",
                "What I do each week serves those goals.",
            ),
            _scale(
                "trust",
                "Trust",
                "The administration keeps what it promises.",
                "The union keeps what it promises.",
                "I can admit a mistake here without fear.",
                "(R) I think twice before I tell someone of the other side what I know.",
            ),
            _scale(
                "resource",
                "Whom one turns to",
                "My principal or supervisor helps me do my work better.",
                "My union representative helps me do my work better.",
                "I know whom to ask when I need an idea for my work.",
            ),
            _scale(
                "representative",
                "What the union representative does",
                "Our representative helps to improve teaching and learning here.",
                "Our representative brings back ideas from other schools.",
                "(R) Our representative is only there for when something goes wrong.",
            ),
            _scale(
                "staying",
                "Staying",
                "I want to be working at this school in two years.",
                "I would tell a good colleague to apply here.",
            ),
        ),
        questions=(
            OpenQuestion(code="works", words="What works well between the two sides?"),
            OpenQuestion(code="next", words="What should they take up next, together?"),
        ),
    )


def starter_network() -> Instrument:
    """Return the survey of who talks to whom, on the topics that research has looked at."""
    return Instrument(
        title="Whom we talk to about our work",
        introduction=(
            "This survey asks with whom you talk about your work. It shows how ideas travel "
            "in and between our schools."
        ),
        network=NetworkModule(
            words="With whom did you talk about your work at least twice in the last month?",
            topics=(
                Topic(code="data", words="What student results tell us"),
                Topic(code="curriculum", words="What we teach"),
                Topic(code="articulation", words="How grades and subjects fit together"),
                Topic(code="instruction", words="How we teach"),
                Topic(code="mentoring", words="Advice for each other's growth"),
            ),
        ),
    )


def _scale(code: str, title: str, *lines: str, labels: tuple[str, ...] = AGREEMENT) -> Scale:
    return Scale(
        code=code,
        title=title,
        labels=tuple(str(one) for one in labels),
        statements=tuple(
            Statement(
                code=f"{code}-{n}",
                words=line.removeprefix(TURNED).strip(),
                reversed=line.startswith(TURNED),
            )
            for n, line in enumerate(lines, start=1)
        ),
    )
