"""What is handed out and handed in follows what happens elsewhere."""

from uuid import UUID

from events.deliverables import service as handed_in
from events.institutes.service.editing import zone_changed
from events.materials import service as handed_out
from events.materials.service import removing


@zone_changed.connect
def _move_materials(institute_id: UUID, *, before: str, after: str) -> None:  # noqa: ARG001
    """Let materials and due moments keep their time of day in the institute's new zone."""
    handed_out.follow_zone(institute_id, zone=after)
    handed_in.follow_zone(institute_id, zone=after)


@removing.connect
def _keep_templates(material_id: UUID) -> None:
    """Let no material go that teams are asked to fill in."""
    handed_in.refuse_to_lose(material_id)
