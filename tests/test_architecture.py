"""The house rules that a machine can check: who imports whom, sizes, and what library code never does."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "onrecord"
MODULES = sorted(SOURCE.rglob("*.py"))

MOST_LINES_OF_A_MODULE = 500
MOST_LINES_OF_A_FUNCTION = 60
MOST_MEDIAN_OF_FUNCTIONS = 10
MOST_LINES_OF_A_COMMAND = 15
MOST_PARAMETERS = 6

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def functions_of(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def body_length(function: Function) -> int:
    """The lines of the body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def is_command(function: Function) -> bool:
    """Whether typer takes the function's parameters for a command's options."""
    named = {ast.unparse(d).split("(")[0] for d in function.decorator_list}
    return any(name.endswith((".command", ".callback")) for name in named)


def called(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def test_the_rooms_keep_to_their_imports() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    ended = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, (
        f"lint-imports fails; see design rules in pyproject.toml\n{ended.stdout}{ended.stderr}"
    )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_stays_readable(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines < MOST_LINES_OF_A_MODULE, f"{name_of(path)} has {lines} lines: give a part of it a file of its own"
    for function in functions_of(path):
        found = length(function)
        if is_command(function):
            continue
        where = f"{name_of(path)}:{function.lineno} {function.name}"
        assert found <= MOST_LINES_OF_A_FUNCTION, f"{where} has {found} lines: name its steps as functions"
        given = function.args
        parameters = [a for a in (*given.posonlyargs, *given.args, *given.kwonlyargs) if a.arg not in ("self", "cls")]
        assert len(parameters) <= MOST_PARAMETERS, f"{where} has {len(parameters)} parameters: make an options object"


def test_most_functions_are_short() -> None:
    lengths = [length(f) for path in MODULES for f in functions_of(path)]
    assert median(lengths) <= MOST_MEDIAN_OF_FUNCTIONS


def test_a_command_only_hands_on() -> None:
    commands = [f for path in (SOURCE / "cli").rglob("*.py") for f in functions_of(path) if is_command(f)]
    assert commands, "no typer command was found: is_command looks for the wrong thing"
    for function in commands:
        found = body_length(function)
        told = f"the body of the command {function.name} has {found} lines: move what it does into a file beside app.py"
        assert found <= MOST_LINES_OF_A_COMMAND, told


@pytest.mark.parametrize("path", [p for p in MODULES if SOURCE / "cli" not in p.parents], ids=name_of)
def test_library_code_neither_prints_nor_exits(path: Path) -> None:
    forbidden = {"print", "sys.exit", "exit", "quit", "os._exit", "breakpoint", "sys.stdout.write", "sys.stderr.write"}
    for line, name in called(path):
        assert name not in forbidden, (
            f"{name_of(path)}:{line} calls {name}: raise an OnRecordError, or give a value back"
        )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_gives(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), f"{name_of(path)} has no docstring: one sentence that says what it gives"


def test_the_nouns_are_frozen_and_slotted() -> None:
    for node in tree_of(SOURCE / "types.py").body:
        if isinstance(node, ast.ClassDef):
            made = ast.unparse(node.decorator_list[0])
            assert "frozen=True" in made, f"{node.name} in types.py is not frozen"
            assert "slots=True" in made, f"{node.name} in types.py has no slots"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_an_exception_to_the_rules_has_its_reason_beside_it(path: Path) -> None:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        ignore = re.search(r"# ?(?:noqa|type: ?ignore)(.*)", line)
        told = f"{name_of(path)}:{number} ignores a rule without a reason: write it behind, after a #"
        assert ignore is None or re.search(r"\s[#-] \w", ignore.group(1)), told
