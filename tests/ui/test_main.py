"""The console script: headless commands never load Qt; options of the window are understood."""

import subprocess
import sys

import pytest

from ui import main as script


def test_a_headless_command_does_not_import_qt(tmp_path):
    code = (
        "import sys; from ui.main import main; code = main(['doctor', '--workspace', sys.argv[1], '--json']); "
        "assert not [m for m in sys.modules if m.startswith('PySide6')], 'Qt was imported'; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_help_names_the_window_and_the_commands(capsys):
    with pytest.raises(SystemExit) as ended:
        script.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "--workspace" in said
    assert "balance-sheet" in said


@pytest.mark.parametrize("size", ["big", "1440", "x900"])
def test_a_size_that_is_none_is_wrong_usage(size, capsys):
    with pytest.raises(SystemExit) as ended:
        script.main(["--size", size])
    assert ended.value.code == 2
    assert "not a size" in capsys.readouterr().err


def test_a_picture_changes_nothing_that_the_persons_window_remembers(tmp_path):
    target = tmp_path / "window.png"
    settings = tmp_path / "settings"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ui",
            "--workspace",
            str(tmp_path / "workspace"),
            "--picture",
            str(target),
            "--page",
            "overview",
            "--size",
            "1366x768",
        ],
        capture_output=True,
        text=True,
        check=False,
        env={
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(settings),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
        },
    )
    assert done.returncode == 0, done.stderr
    assert target.stat().st_size > 10_000
    assert not (settings / "Tidewatch").exists()
