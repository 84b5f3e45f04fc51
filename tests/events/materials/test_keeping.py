from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask

from consortium import clock
from consortium.database import db, transaction
from consortium.errors import Conflict, NotFound, Refusal
from consortium.files import service as files
from consortium.files.models import StoredFile
from events.institutes.domain.holding import HoldRefused
from events.institutes.models import Institute
from events.institutes.service import holding
from events.institutes.service.editing import zone_changed
from events.materials import service as materials
from events.materials.domain import Audience, MaterialRefused
from events.materials.models import Material
from events.materials.service import Keeper, Viewer
from events.schedule import service as schedule
from events.schedule.domain import SessionRefused
from events.schedule.models import Session
from tests.acts import acts
from tests.consortium.files.samples import PDF
from tests.events.materials.stage import HOST, KEEPER, hand_out, put_file, spec
from tests.events.schedule.sessions import spec as planned


def change(material: Material, institute: Institute, **values: object) -> Material:
    file = values.pop("file", None)
    version = values.pop("version", material.version)
    with transaction():
        return materials.change_material(
            institute, material.id, spec(**values), file, KEEPER, version=version  # type: ignore[arg-type]
        )  # fmt: skip


def test_a_new_file_is_a_new_version_and_the_old_one_stays_for_staff(institute: Institute) -> None:
    material = hand_out(institute, file="one.pdf")

    change(material, institute, file=put_file("two.pdf"))

    assert materials.find_file(institute, material.id, HOST).filename == "two.pdf"
    assert materials.find_old_file(institute, material.id, 1, HOST).filename == "one.pdf"
    with pytest.raises(NotFound):
        materials.find_old_file(institute, material.id, 1, Viewer(is_staff=True))
    assert acts() == ["put_material", "change_material"]


def test_a_link_takes_the_place_of_a_file_and_back(institute: Institute) -> None:
    material = hand_out(institute)

    change(material, institute, link="https://video.example.org/1")
    with pytest.raises(NotFound):
        materials.find_file(institute, material.id, HOST)
    change(material, institute, file=put_file("two.pdf"))

    assert materials.find_file(institute, material.id, HOST).filename == "two.pdf"
    assert [one.number for one in material.versions] == [1, 2]


def test_who_changed_something_meanwhile_is_not_overwritten(institute: Institute) -> None:
    material = hand_out(institute)
    change(material, institute, title="Their title")

    with pytest.raises(Conflict) as conflict:
        change(material, institute, title="My title", version=1)

    assert ("Title", "Their title", "My title") in conflict.value.versions
    assert material.title == "Their title"


def test_removing_deletes_every_version_and_the_bytes_follow(
    app: Flask, institute: Institute, frozen: object
) -> None:
    material = hand_out(institute)
    change(material, institute, file=put_file("two.pdf"))

    with transaction():
        materials.remove_material(institute, material.id, HOST, by="host@example.org")

    assert db.session.query(StoredFile).count() == 0
    frozen(clock.now() + files.UNCLAIMED * 2)  # type: ignore[operator]
    assert files.sweep(app.extensions["ports"].storage) >= 2


def test_who_needs_a_material_keeps_it_from_being_removed(institute: Institute) -> None:
    material = hand_out(institute)

    def refuse(_material_id: object) -> None:
        raise Refusal("It is needed.")

    with materials.removing.connected_to(refuse), pytest.raises(Refusal), transaction():
        materials.remove_material(institute, material.id, HOST, by="host@example.org")
    assert db.session.query(Material).count() == 1


def test_nothing_is_removed_while_the_records_are_held(institute: Institute) -> None:
    material = hand_out(institute)
    with transaction():
        holding.place_hold(institute, "A grievance.", by="c@example.org")

    with pytest.raises(HoldRefused, match="They are held: A grievance"), transaction():
        materials.remove_material(institute, material.id, HOST, by="host@example.org")

    assert db.session.query(StoredFile).count() == 1


def test_all_documents_together_have_room_and_no_more(institute: Institute) -> None:
    tight = replace(KEEPER, room=len(PDF) * 2)
    for title in ("one", "two"):
        with transaction():
            materials.put_material(institute, spec(title), put_file(), tight)

    with pytest.raises(MaterialRefused, match="Remove what nobody needs") as refused, transaction():
        materials.put_material(institute, spec("three"), put_file(), tight)

    assert refused.value.field == "file"
    assert db.session.query(Material).count() == 2


def test_presenters_hand_out_at_their_session_and_nowhere_else(
    institute: Institute, session: Session
) -> None:
    keeper = Keeper(
        viewer=Viewer(presents=frozenset({session.id})), email="p@example.org", room=10_000
    )
    with transaction():
        mine = materials.put_material(institute, spec(session="opening"), put_file(), keeper)

    for elsewhere in (spec(), spec(on=institute.days[0].on)):
        with pytest.raises(NotFound), transaction():
            materials.put_material(institute, elsewhere, put_file(), keeper)
        with pytest.raises(NotFound), transaction():
            materials.change_material(
                institute, mine.id, elsewhere, None, keeper, version=mine.version
            )


def test_a_day_that_the_institute_does_not_have_is_refused(institute: Institute) -> None:
    with pytest.raises(MaterialRefused) as refused:
        hand_out(institute, on=datetime(2020, 1, 1).date())

    assert refused.value.field == "subject"


def test_a_moment_that_clocks_skip_is_asked_about(institute: Institute) -> None:
    with pytest.raises(SessionRefused, match="does not exist") as refused:
        hand_out(institute, available_from=datetime(2026, 3, 8, 2, 30))

    assert refused.value.field == "from_on"


def test_materials_keep_their_time_of_day_in_another_zone(institute: Institute) -> None:
    material = hand_out(institute, available_from=datetime(2026, 5, 1, 8))

    zone_changed.send(institute.id, before="America/New_York", after="America/Chicago")

    assert material.from_at is not None
    assert material.from_at.hour == 13


def test_two_materials_of_a_session_change_places(institute: Institute, session: Session) -> None:
    other = hand_out(institute, "elsewhere")
    one, two = (hand_out(institute, title, session="opening") for title in ("one", "two"))
    places = one.position, two.position

    with transaction():
        materials.move_material(institute, two.id, HOST, earlier=True, by="host@example.org")
        materials.move_material(institute, two.id, HOST, earlier=True, by="host@example.org")

    assert (two.position, one.position) == places
    assert other.position == 0


def test_what_is_handed_out_at_a_session_nobody_saw_goes_with_it(institute: Institute) -> None:
    with transaction():
        session = schedule.add_session(institute, planned(code="new"), by="host@example.org")
    hand_out(institute, session="new", audience=Audience.PLACE)

    with transaction():
        schedule.drop_draft(institute, session, by="host@example.org")

    assert db.session.query(Material).all() == []
    assert db.session.query(StoredFile).all() == []


def test_what_was_added_at_one_moment_can_be_put_in_order(institute: Institute) -> None:
    one, two = hand_out(institute, title="One"), hand_out(institute, title="Two")
    two.position = one.position
    db.session.commit()

    with transaction():
        materials.move_material(institute, two.id, HOST, earlier=True, by="host@example.org")

    assert [line.title for line in materials.shelf_of(institute, HOST).lines] == ["Two", "One"]
