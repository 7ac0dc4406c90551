"""What README.md and docs/ show is true: commands print what is shown, links lead somewhere, no command is left out."""

import difflib
import re

import docs_blocks
import pytest

LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
PAGES = [docs_blocks.ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]


@pytest.mark.slow
@pytest.mark.parametrize("shown", docs_blocks.commands(), ids=lambda s: f"{s.page.name}: {s.command}")
def test_a_command_prints_what_the_docs_show(shown):
    real = docs_blocks.run(shown.command)
    assert docs_blocks.agrees(shown.output, real), _difference(shown.output, real)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "body"), list(docs_blocks.blocks("pycon")), ids=lambda x: getattr(x, "name", "python")
)
def test_python_prints_what_the_docs_show(page, body):
    real = docs_blocks.run_python(body)
    assert docs_blocks.agrees(body, real), f"{page.name}: {_difference(body, real)}"


@pytest.mark.parametrize("page", [*PAGES, *docs_blocks.pages()[1:]], ids=lambda p: p.name)
def test_links_lead_to_files_that_exist(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_command_and_option_has_a_place_in_the_reference():
    reference = (docs_blocks.ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    missing = [word for word in _words_of_the_command_line() if word not in reference]
    assert missing == []


def test_the_readme_shows_the_first_command_within_the_first_screen():
    first_screen = (docs_blocks.ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:50]
    assert any(line.startswith("$ onrecord read") for line in first_screen)


def test_an_ellipsis_stands_for_any_lines_and_nothing_else_does():
    assert docs_blocks.agrees("a\n...\nd\n", "a\nb\nc\nd\n")
    assert docs_blocks.agrees("a\n...\n", "a\n")
    assert not docs_blocks.agrees("a\n...\nd\n", "a\nb\n")
    assert not docs_blocks.agrees("a\n", "a\nb\n")


def test_refreshed_output_is_cut_where_the_old_one_was():
    assert docs_blocks.shortened("a\n...\nz\n", "b\nc\nd\ne\n") == "b\n...\ne\n"
    assert docs_blocks.shortened("a\n", "b\nc\n") == "b\nc\n"


def _difference(shown, real):
    lines = difflib.unified_diff(shown.splitlines(), real.splitlines(), "shown", "real", lineterm="", n=1)
    return "\n".join(["run `make docs` if what is printed now is right", *lines])


def _words_of_the_command_line():
    from typer.main import get_command

    from onrecord.cli import app

    root = get_command(app)
    commands = getattr(root, "commands", {})
    yield from (f"onrecord {name}" for name in commands)
    for command in (root, *commands.values()):
        for parameter in command.params:
            yield from (o for o in parameter.opts if o.startswith("--") and "completion" not in o)
