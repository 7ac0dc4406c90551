"""A stranger installs the core alone, from the wheel, and reads an article without a network."""

import json
import os
import re
import subprocess
import sys
import urllib.request
import zipfile

import pytest

pytestmark = pytest.mark.slow

# Imported by every Python before anything else runs.
OFFLINE = """
import socket

def refuse(*_, **__):
    raise RuntimeError("the network was used at run time")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.getaddrinfo = socket.create_connection = refuse
"""


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--wheel-dir", folder, root)
    (file,) = folder.glob("onrecord-*.whl")
    return file


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """The Python of a new environment that holds the wheel and what it depends on, no more."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    file = folder / "bin" / "python"
    pip("install", wheel, python=file)
    return file


@pytest.fixture(scope="module")
def onrecord(python, tmp_path_factory):
    """Run the installed command in a foreign folder, with no network and nothing of this environment."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "sitecustomize.py").write_text(OFFLINE)
    environment = {"PATH": os.defpath, "HOME": str(folder), "PYTHONPATH": str(folder), "LANG": "C.UTF-8"}

    def run(*command, program="onrecord", start=False):
        command = [python.with_name(program), *command]
        if start:
            return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)

    return run


def test_the_wheel_carries_the_weights_and_nothing_but_the_package(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert any(n.startswith("onrecord/models/") and n.endswith(".onnx") for n in names)
    assert [n for n in names if not n.startswith(("onrecord/", "onrecord-"))] == []
    assert [n for n in names if "test" in n or "training" in n or "__pycache__" in n] == []


def test_the_core_brings_no_development_tool_and_no_framework(python):
    listed = json.loads(pip("list", "--format", "json", python=python))
    names = {package["name"].lower() for package in listed}
    assert names.isdisjoint({"pytest", "ruff", "mypy", "hypothesis", "pandas", "torch", "transformers", "spacy"})


def test_the_network_is_really_shut_off_in_these_tests(onrecord):
    done = onrecord("-c", "import socket; socket.create_connection(('127.0.0.1', 9))", program="python")
    assert "the network was used at run time" in done.stderr


def test_help_is_shown(onrecord):
    done = onrecord("--help")
    assert done.returncode == 0, done.stderr
    assert "read" in done.stdout


def test_an_example_is_read_from_a_foreign_folder_without_a_network(onrecord, examples):
    article = sorted(examples.glob("*.txt"))[0]
    done = onrecord("read", "--json", article)
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    text = article.read_bytes().decode()
    assert reading["statements"]
    for statement in reading["statements"]:
        for span in statement["content"]:
            assert text[span["start"] : span["end"]] == span["text"]


def pip(*arguments, python=sys.executable):
    command = [python, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_folder_is_kept_asked_and_checked_without_a_network(onrecord, examples):
    done = onrecord("add", "--json", examples)
    assert done.returncode == 0, done.stderr  # HTML pages among them: nothing is skipped
    added = json.loads(done.stdout.splitlines()[-1])
    listed = onrecord("statements", "--json", "--about", "coal")
    assert added["articles"]["skipped"] == 0
    assert added["articles"]["added"] == len(list(examples.glob("*.txt"))) + len(list(examples.glob("*.html"))) + 3
    assert listed.stdout.count("\n") > 3
    assert onrecord("check").returncode == 0


def test_the_desk_opens_and_serves_its_pages_scripts_and_charts(onrecord, examples):
    assert onrecord("add", "--quiet", str(examples / "coal-ruled-out.txt")).returncode == 0
    with onrecord("serve", "--port", "0", start=True) as server:
        try:
            address = re.search(r"http://[^/\s]+", server.stderr.readline())[0]
            speaker = json.loads(asked(f"{address}/speakers.json"))["speakers"][0]
            for path in ("/", "/static/desk.css", "/static/vendor/vega.min.js", f"/speakers/{speaker['id']}"):
                assert asked(address + path)
            assert b"vega-lite" in asked(f"{address}/charts/speakers/{speaker['id']}/months.vl.json")
        finally:
            server.terminate()


def asked(address):
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 # the desk's own http://
        return answer.read()
