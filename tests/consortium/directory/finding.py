"""What a search of the directory finds, in few words."""

from consortium.directory import service


def found(text: str, state: str | None = None, **more: int) -> list[str]:
    return [f"{lea.name}, {lea.state}" for lea in service.find_leas(text, state, **more)]
