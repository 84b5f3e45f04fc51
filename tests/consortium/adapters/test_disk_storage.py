from datetime import timedelta
from pathlib import Path

import pytest

from consortium.adapters.disk_storage import DiskStorage
from consortium.ports import FileStorage, GatewayDown
from tests.storage import MemoryStorage

pytestmark = pytest.mark.pure
TENANT = "0" * 32
KEY = f"{TENANT}/{'a1' * 20}"


@pytest.fixture(params=["disk", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> FileStorage:
    return DiskStorage(tmp_path / "files") if request.param == "disk" else MemoryStorage()


def test_the_disk_and_its_stand_in_keep_the_same_promises(storage: FileStorage, noon) -> None:
    tomorrow = noon + timedelta(days=36500)
    assert list(storage.keys(TENANT, before=tomorrow)) == []
    storage.put(KEY, b"first")
    storage.put(KEY, b"second")

    assert storage.get(KEY) == b"second"
    assert list(storage.keys(TENANT, before=tomorrow)) == [KEY]
    assert list(storage.keys(TENANT, before=noon - timedelta(days=36500))) == []
    assert list(storage.keys("1" * 32, before=tomorrow)) == []

    storage.delete(KEY)
    storage.delete(KEY)
    assert storage.get(KEY) is None


@pytest.mark.parametrize(
    "key", ["../x", "a/b", f"{TENANT}/../../etc/passwd", KEY + "\n", "/" + KEY]
)
def test_what_is_no_key_reaches_no_file(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="is no key of a file"):
        DiskStorage(tmp_path).get(key)


def test_files_are_closed_to_other_accounts(tmp_path: Path) -> None:
    DiskStorage(tmp_path / "files").put(KEY, b"x")

    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "files").rglob("*")}
    assert modes == {TENANT: 0o700, KEY.split("/")[1]: 0o600}


def test_a_write_that_was_cut_off_is_found_and_no_file(tmp_path: Path, noon) -> None:
    storage = DiskStorage(tmp_path)
    storage.put(KEY, b"x")
    cut_off = f"{KEY}.0a1b2c3d.part"
    (tmp_path / cut_off).write_bytes(b"ha")
    (tmp_path / TENANT / ".notes").write_bytes(b"not ours")

    assert set(storage.keys(TENANT, before=noon + timedelta(days=36500))) == {KEY, cut_off}
    storage.delete(cut_off)
    assert {path.name for path in (tmp_path / TENANT).iterdir()} == {".notes", KEY.split("/")[1]}


def test_a_folder_that_cannot_be_written_is_a_supplier_that_is_down(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file where the folder should be")

    with pytest.raises(GatewayDown):
        DiskStorage(tmp_path / "files").put(KEY, b"x")
