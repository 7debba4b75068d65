"""What a role is not enough for is grey and says why, on every page; nothing that changes something can forget it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

import app
import ui
from app import i18n
from app.storage import roles
from app.storage.persons import Role
from app.wording.persons import doing
from ui.commands import Command, Commands, Rights

APP, UI = Path(app.__file__).parent, Path(ui.__file__).parent


# ---------------------------------------------------------------------- the mechanism


def test_a_button_is_grey_while_the_role_is_not_enough_and_says_why(qtbot) -> None:
    rights, button = Rights(), QPushButton()
    qtbot.addWidget(button)
    button.setToolTip("Sets a limit")
    rights.guard(button, "limits.set")
    assert button.isEnabled(), "nobody is barred before the role is known"
    rights.take(Role.OFFICER)
    assert not button.isEnabled()
    assert button.toolTip() == "An officer may not set a limit; it takes a role of approver."
    assert button.accessibleDescription() == button.toolTip()
    button.setEnabled(True)  # as a page does whenever a row is chosen
    button.setToolTip("Sets a limit for this row")
    assert not button.isEnabled()
    assert button.toolTip().startswith("An officer")
    with i18n.speaking("zh_CN"):
        rights.retranslate()
    rights.take(Role.APPROVER)
    assert button.isEnabled()
    assert (button.toolTip(), button.accessibleDescription()) == ("Sets a limit for this row", "")


def test_what_the_page_does_not_offer_stays_grey_for_who_may(qtbot) -> None:
    rights, button = Rights(), QPushButton()
    qtbot.addWidget(button)
    button.setEnabled(False)
    rights.guard(button, "rule.set")
    for role in (Role.VIEWER, Role.ADMINISTRATOR):
        rights.take(role)
        assert not button.isEnabled()
    rights.take(Role.VIEWER)
    button.setEnabled(True)
    rights.take(Role.OFFICER)
    assert button.isEnabled()


@pytest.mark.parametrize("role", roles.ORDER)
def test_every_cell_of_the_matrix_is_what_the_window_says(qapp, role: Role) -> None:
    rights = Rights()
    rights.take(role)
    for action in roles.LEAST:
        why = rights.why_not(action)
        assert (why == "") is roles.may(role, action)
        assert not why or doing(action) in why


def test_a_command_names_what_it_needs(qapp) -> None:
    commands, ran, refused = Commands(), [], []
    commands.refused.connect(refused.append)
    action = commands.add(Command("x", lambda: "Set", lambda: ran.append(1), needs="limits.set"))
    commands.rights.take(Role.VIEWER)
    assert not action.isEnabled()
    assert "may not set a limit" in action.toolTip()
    assert action.statusTip() == action.toolTip()
    commands.run("x")  # by the command box, which greys nothing
    assert ([error.code for error in refused], ran) == (["persons.role_needed"], [])
    commands.rights.take(Role.APPROVER)
    commands.run("x")
    assert ran == [1]


# ---------------------------------------------------------------------- nothing forgets it


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def functions(path: Path) -> dict[str, ast.AST]:
    """A module's functions, and its classes' methods as "Class.method"."""
    found: dict[str, ast.AST] = {}
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = node
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{one.name}": one for one in node.body if isinstance(one, ast.FunctionDef)}
    return found


@cache
def imported(path: Path) -> dict[str, Path]:
    """The modules and names of app.services and app.storage that a module knows, each with its file."""
    found = {}
    for node in tree(path).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("app.services", "app.storage")):
            for name in node.names:
                place = APP.parent / Path(*node.module.split("."))
                inside = (place / f"{name.name}.py", place.with_suffix(".py"))
                found[name.asname or name.name] = next(
                    file for file in (*inside, place / "__init__.py") if file.is_file()
                )
    return found


@cache
def services() -> dict[str, Path]:
    """Every class of app.services and the file it stands in."""
    return {
        node.name: path
        for path in sorted((APP / "services").glob("*.py"))
        for node in tree(path).body
        if isinstance(node, ast.ClassDef)
    }


@cache
def holds(path: Path, owner: str) -> dict[str, str]:
    """What a service keeps of other services: attribute and class, as `__init__` is given them or makes them."""
    begin = functions(path).get(f"{owner}.__init__")
    if not isinstance(begin, ast.FunctionDef):
        return {}
    given = {one.arg: ast.unparse(one.annotation) for one in begin.args.args if one.annotation is not None}
    found = {}
    for node in ast.walk(begin):
        if isinstance(node, ast.Assign):
            (target,), value = node.targets, node.value
            several = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            pairs = zip(target.elts, value.elts, strict=True) if several else [(target, value)]
            for place, what in pairs:
                kind = ast.unparse(what.func) if isinstance(what, ast.Call) else given.get(ast.unparse(what), "")
                if kind in services():
                    found[ast.unparse(place).removeprefix("self.")] = kind
    return found


@cache
def records(path: Path, name: str, under_way: frozenset[tuple[Path, str]] = frozenset()) -> frozenset[str]:
    """The actions of the audit trail that a function names, or whatever of the program it calls."""
    if (path, name) in under_way or name not in functions(path):
        return frozenset()
    under_way |= {(path, name)}
    owner, found = name.partition(".")[0], set()
    for node in ast.walk(functions(path)[name]):
        if isinstance(node, ast.Constant) and node.value in roles.LEAST:
            found.add(node.value)
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            begins = str(node.values[0].value)
            found |= {one for one in roles.LEAST if begins.endswith(".") and one.startswith(begins)}
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            root, _dot, rest = called.partition(".")
            if called in functions(path):
                found |= records(path, called, under_way)
            elif root == "self" and f"{owner}.{rest}" in functions(path):
                found |= records(path, f"{owner}.{rest}", under_way)
            elif root == "self" and rest.count(".") == 1:  # self._deciding.undo
                held, method = rest.split(".")
                if kind := holds(path, owner).get(held):
                    found |= records(services()[kind], f"{kind}.{method}", under_way)
            elif root in imported(path):
                found |= records(imported(path)[root], rest or root, under_way)
    return frozenset(found)


@cache
def fields() -> dict[str, str]:
    """What the program's services are called, and their classes."""
    (program,) = (one for one in tree(APP / "bootstrap.py").body if getattr(one, "name", "") == "Program")
    assert isinstance(program, ast.ClassDef)
    return {
        ast.unparse(one.target): ast.unparse(one.annotation) for one in program.body if isinstance(one, ast.AnnAssign)
    }


def changes(folder: Path) -> Iterator[tuple[str, str]]:
    """Each call of a service in a folder of the window that records something: the call, and the action."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute | ast.Name):
                called = ast.unparse(node.value).split(".")
                kind = fields().get(called[-1], "")
                if kind in services() and (called[-2:-1] or [""])[0].strip("_") in ("program", ""):
                    for action in records(services()[kind], f"{kind}.{node.attr}"):
                        yield f"{called[-1]}.{node.attr}", action


def guarded(folder: Path) -> set[str]:
    """Every action that a folder of the window names where it greys something, or asks before it acts."""
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in (
                "guard",
                "allows",
                "barred",
            ):
                given = node.args
            elif isinstance(node, ast.keyword) and node.arg == "needs":
                given = [node.value]
            else:
                continue
            found |= {one.value for part in given for one in ast.walk(part) if isinstance(one, ast.Constant)}
    return {one for one in found if isinstance(one, str) and one}


#: One part of the window each: a page with its forms, and the frame.
PARTS = sorted(path for path in (UI / "pages").iterdir() if path.is_dir() and path.name != "__pycache__")


def covered(action: str, named: set[str]) -> bool:
    """Named, or another step of the same subject that needs no less ("reviews.sent" by "reviews.decided")."""
    subject, needed = action.partition(".")[0], roles.least(action)
    return any(one == action or (one.startswith(f"{subject}.") and roles.least(one) is needed) for one in named)


@pytest.mark.parametrize("part", [*PARTS, UI / "window"], ids=lambda path: path.name)
def test_whatever_changes_something_names_the_right_it_needs(part: Path) -> None:
    named = guarded(part)
    missing = {
        f"{call} needs {action}"
        for call, action in changes(part)
        if roles.least(action) is not Role.VIEWER and not covered(action, named)
    }
    assert not missing, f"hand the button to Page.guard, or name it as the command's `needs`: {sorted(missing)}"


def test_every_named_right_is_one_of_the_table() -> None:
    every = set().union(*(guarded(part) for part in (*PARTS, UI / "window")))
    assert every - set(roles.LEAST) <= {"notifications.test"}


def test_the_scan_finds_what_it_looks_for() -> None:
    """Known changes, directly, through another service, and through a setting of the store."""
    assert "limits.set" in records(services()["Limiting"], "Limiting.set")
    assert "setting.put" in records(services()["Approving"], "Approving.switch")
    assert "reviews.approved" in records(services()["Deciding"], "Deciding.approve")
    assert dict(changes(UI / "pages" / "limits"))["limiting.set"] == "limits.set"
    assert "notice.replied" in records(services()["Noticing"], "Noticing.note")
    assert records(services()["Surveying"], "Surveying.book") == frozenset()
