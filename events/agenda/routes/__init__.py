"""Pages of agendas: one's own, one's team's, everyone's as the host sees them, and the feed."""

from events.agenda.routes import coming, feeds, hosting, own, ranked, ranking, teams
from events.agenda.routes.blueprint import bp

__all__ = ["bp", "coming", "feeds", "hosting", "own", "ranked", "ranking", "teams"]
