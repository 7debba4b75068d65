"""Downloaded files are recognised by what is in them, whatever they are called."""

from pathlib import Path

from app.sources import folder


def test_files_are_known_by_content_and_the_rest_has_a_reason(tmp_path: Path) -> None:
    files = {
        "a.txt": b"observation_date,WALCL\n2022-05-18,8945898\n",
        "b.csv": b"<html>blocked by proxy</html>",
        "c.png": b"\x89PNG\r\n\x1a\n\xff\xff",
        "d.csv": b"name,amount\nx,1\n",
        "e.csv": b"",
        ".hidden": b"observation_date,WALCL\n2022-05-18,1\n",
    }
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)
    (tmp_path / "deeper").mkdir()
    found = {path.name: folder.look(path) for path in folder.files(tmp_path)}
    assert set(found) == {"a.txt", "b.csv", "c.png", "d.csv", "e.csv"}
    assert found["a.txt"].source == "fredgraph"
    assert [batch.series_id for batch in found["a.txt"].batches] == ["WALCL"]
    codes = {name: one.error.code for name, one in found.items() if one.error is not None}
    assert codes == {
        "b.csv": "source.html",
        "c.png": "source.not_text",
        "d.csv": "source.unrecognised",
        "e.csv": "source.empty",
    }


def test_a_file_that_vanished_is_a_reason(tmp_path: Path) -> None:
    gone = folder.look(tmp_path / "gone.csv")
    assert gone.error is not None
    assert gone.error.code == "source.unreadable"
