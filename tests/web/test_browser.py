"""The desk in a real browser: each page, by keyboard, light and dark, on a phone, and the whole way to a verdict."""

import subprocess
import sys

import browsing
import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(browsing.chromium() is None, reason=browsing.MISSING),
]

VIEWS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "has_touch": True},
}
PAGES = ("/", "/search?q=coal+since+2025", "/speakers", "SPEAKER", "/reversals", "REVERSAL", "/articles", "ARTICLE")
PAGES += ("/pledges", "/desk", "/add", "/about", "/login", "/nowhere")
MOST = 100_000  # bytes of a page beyond the vendored scripts
STORY = """Northwire
2 May 2026
Mayor rules out bus fare rise

HARLOW BAY - "There will be no rise in bus fares this year," Mayor Petra Kolm told reporters on Monday.
"""
LATER = """Northwire
4 June 2026
Mayor announces bus fare rise

HARLOW BAY - "There will be a rise in bus fares this year," Mayor Petra Kolm told reporters on Wednesday.
"""


@pytest.fixture(scope="module")
def record(tmp_path_factory, examples):
    """A record of the examples."""
    made = tmp_path_factory.mktemp("desk") / "examples.db"
    command = [sys.executable, "-m", "onrecord.cli", "add", "--quiet", "--record", str(made), str(examples)]
    subprocess.run(command, check=True)
    return made


@pytest.fixture(scope="module")
def desk(record):
    with browsing.served(record) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser():
    with browsing.launched() as launched:
        yield launched


@pytest.fixture
def visit(browser, desk):
    """Opens a page as somebody who may write; at the end nothing may have gone wrong in it."""
    contexts, watched = [], browsing.Watched()

    def open_page(path="/", view="light", *, writes=True, **more):
        context = browser.new_context(base_url=desk.address, **VIEWS[view], **more)
        contexts.append(context)
        page = context.new_page()
        watched.watch(page, desk.address)
        page.goto(desk.token if writes else desk.address)
        page.goto(found(page, path))
        return page

    open_page.watched = watched
    yield open_page
    for context in contexts:
        context.close()
    assert not watched.faults


def found(page, path):
    """Give the address of a page of the record: PATH, or the first speaker, reversal or article."""
    lists = {"SPEAKER": "speakers", "REVERSAL": "reversals", "ARTICLE": "articles"}
    if path not in lists:
        return path
    listed = page.request.get(f"/{lists[path]}.json").json()[lists[path]]
    return f"/{lists[path]}/{listed[0]['id']}"


def settled(page):
    """Wait until charts are drawn."""
    for figure in page.locator("figure.chart").all():
        figure.scroll_into_view_if_needed()
        figure.locator("svg, p").first.wait_for()
    return page


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_for_all_readers(visit, path, view):
    from axe_playwright_python.sync_playwright import Axe

    page = settled(visit(path, view))
    if path == "/nowhere":
        visit.watched.faults.clear()  # the browser tells that it got 404
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it runs out to the side"
    grave = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert not [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in grave]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light(visit, path):
    page = visit("/about")
    sizes = []
    page.on("response", lambda r: "/vendor/" in r.url or sizes.append(len(r.body())))
    page.goto(found(page, path))
    page.wait_for_load_state("networkidle")
    if path == "/nowhere":
        visit.watched.faults.clear()
    assert sum(sizes) < MOST


def test_an_article_is_dropped_read_compared_confirmed_and_shared(visit, tmp_path):
    (tmp_path / "earlier.txt").write_text(STORY, "utf-8")
    (tmp_path / "later.txt").write_text(LATER, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    page = visit("/add")
    names = ("earlier.txt", "later.txt", "empty.txt")
    page.set_input_files("input[type=file]", [tmp_path / name for name in names])
    if page.url.endswith("/add"):
        page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/add/*")
    page.get_by_text("it is empty").wait_for(timeout=60_000)  # skipped, with the reason
    page.get_by_text("new candidate").wait_for(timeout=60_000)
    page.goto("/reversals?speaker=Petra+Kolm")
    page.locator("[data-reversal] a[data-open]").first.click()
    page.wait_for_url("**/reversals/*")
    assert page.locator("blockquote mark").count() >= 2
    key = page.url.rsplit("/", 1)[1]
    page.keyboard.press("n")
    page.keyboard.type("said in public twice")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.locator(f"article:not([data-reversal='{key}']), .verdict.confirmed").first.wait_for()
    page.goto(f"/reversals/{key}")
    assert "confirmed" in page.locator(".verdict").first.inner_text()
    assert "said in public twice" in page.locator("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Card as a picture").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    page.goto("/desk")
    page.get_by_role("button", name="Undo verdict confirmed").first.click()
    page.goto(f"/reversals/{key}")
    assert "candidate" in page.locator(".verdict").first.inner_text()


def test_all_is_done_by_keyboard_alone(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    page.keyboard.type("coal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=coal")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("[data-item].here").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog#keys").is_visible()


def test_single_keys_can_be_switched_off(visit):
    page = visit("/desk")
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("[data-item].here").count() == 0
    page.reload()
    page.keyboard.press("j")
    assert page.locator("[data-item].here").count() == 0


def test_a_list_answers_as_one_types(visit):
    from playwright.sync_api import expect

    page = visit("/speakers")
    page.locator("#name").press_sequentially("oliv")
    expect(page.locator("#found tbody tr")).to_have_count(1)
    assert "Marta Oliveira-Stern" in page.locator("#found").inner_text()
    assert page.url.endswith("q=oliv")
    page = visit("SPEAKER")
    before = page.locator("#found li.statement").count()
    page.locator("form.filter input[name=about]").press_sequentially("coal")
    expect(page.locator("#found li.statement")).not_to_have_count(before)


def test_a_chart_is_drawn_and_told(visit):
    page = settled(visit("SPEAKER"))
    assert page.locator("figure.chart svg").count() == 2
    table = page.locator("figure.chart details table").first
    assert table.locator("tr").count() > 1


def test_words_selected_in_an_article_correct_a_speaker(visit):
    from playwright.sync_api import expect

    page = visit("ARTICLE")
    note = page.locator("[data-statement]").first
    note.locator("summary").click()
    words = page.locator(".text .source").first
    words.dblclick()
    chosen = page.evaluate("String(getSelection()).trim()")
    assert chosen
    expect(note.locator("[data-takes=words]")).to_have_value(chosen)


def test_the_note_that_a_link_leads_to_is_lit_with_its_words(visit):
    page = visit("/search?q=coal")
    page.locator("li.statement a[data-open]").first.click()
    page.wait_for_url("**/articles/**#s-*")
    assert page.locator(".note.here").count() == 1
    assert page.locator(".piece.here").count() >= 1


def test_the_desk_works_without_any_script(visit):
    page = visit("/reversals", java_script_enabled=False)
    page.locator("[data-reversal] a[data-open]").first.click()
    page.get_by_role("button", name="Leave open").click()
    page.goto("/desk")
    assert "unsure" in page.locator("main").inner_text()
    page.get_by_role("button", name="Undo").first.click()
    assert "(undone)" in page.locator("main").inner_text()


def test_who_may_not_write_sees_no_way_to(visit):
    page = visit("REVERSAL", writes=False)
    assert page.locator("[data-judging]").count() == 0
    assert page.locator("nav a[href='/add']").count() == 0
    assert "reading only" in page.locator("header").first.inner_text()
