"""The pictures of docs/desk.md, taken of the examples: `make screenshots`.

python tests/web/screenshots.py [FOLDER]     (default: docs/images)
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import browsing

ROOT = Path(__file__).resolve().parents[2]
DESK = {"color_scheme": "light", "viewport": {"width": 1200, "height": 820}}
DARK = DESK | {"color_scheme": "dark"}
PHONE = {"color_scheme": "light", "viewport": {"width": 390, "height": 780}, "has_touch": True}
# picture -> page, how it is looked at
PICTURES = {
    "front": ("/", DESK),
    "search": ("/search?q=Oliveira-Stern+coal+since+2025", DESK),
    "speaker": ("/speakers/{speaker}", DESK),
    "reversal": ("/reversals/{reversal}", DESK),
    "reversal-dark": ("/reversals/{reversal}", DARK),
    "article": ("/articles/{article}", DESK),
    "article-phone": ("/articles/{article}", PHONE),
    "pledges": ("/pledges", DESK),
    "queue": ("/desk", DESK),
    "add": ("/add", DESK),
}
ARTICLE = "Portugal to burn coal again"  # begins the title of the article that is shown


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        record = Path(place) / "examples.db"
        command = [sys.executable, "-m", "onrecord.cli", "add", "--quiet", "--record", str(record), "examples/"]
        subprocess.run(command, check=True, cwd=ROOT)  # our own command
        with browsing.served(record) as desk, browsing.launched() as browser:
            for name, (path, view) in PICTURES.items():
                page = browser.new_page(base_url=desk.address, **view)
                page.goto(desk.token)
                page.goto(path.format(**keys(page)))
                settle(page)
                page.screenshot(path=folder / f"desk-{name}.png")
                page.close()
                print(folder / f"desk-{name}.png")  # noqa: T201 # a script


def keys(page) -> dict[str, str]:
    """Give the ids of what is shown: who speaks most, the likeliest reversal, one article."""
    listed = {name: page.request.get(f"/{name}.json").json()[name] for name in ("speakers", "reversals", "articles")}
    article = next(a for a in listed["articles"] if (a["title"] or "").startswith(ARTICLE))
    return {
        "speaker": listed["speakers"][0]["id"],
        "reversal": listed["reversals"][0]["id"],
        "article": article["id"],
    }


def settle(page) -> None:
    """Wait until what can be seen is drawn."""
    page.wait_for_load_state("networkidle")
    for figure in page.locator("figure.chart").all():
        figure.scroll_into_view_if_needed()
        figure.locator("svg, p").first.wait_for()
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(300)


if __name__ == "__main__":
    main()
