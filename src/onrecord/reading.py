"""What `read` gives for one article, and the ways to look at it."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from onrecord import codec
from onrecord.types import Article, Money, Quantity, Statement, Timex


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """One article with its statements, and all time expressions, amounts and quantities of the article."""

    article: Article
    statements: tuple[Statement, ...]
    times: tuple[Timex, ...]
    money: tuple[Money, ...]
    quantities: tuple[Quantity, ...] = ()

    def to_dict(self) -> codec.Json:
        """Give the whole object, as `read --json` prints it."""
        return codec.reading_to_dict(self.article, self.statements, self.times, self.money, self.quantities)

    def to_dicts(self) -> list[codec.Json]:
        """Give the statements as objects, one each, as `read --json` prints them."""
        return [codec.statement_to_dict(s, self.article.text) for s in self.statements]

    def to_json(self) -> str:
        """Give the whole object as one line of JSON."""
        return codec.to_line(self.to_dict()).decode("utf-8")

    def to_df(self, backend: Literal["pandas", "polars"] = "pandas") -> Any:  # noqa: ANN401 # of the backend's type
        """Give a data frame, one row per statement, columns as in `read --csv`.

        Raises MissingExtra when the backend isn't installed.
        """
        from onrecord.show import table

        return table.frame(table.rows(self), backend)

    def to_csv(self) -> str:
        """Give the statements as CSV with a header, one row each."""
        from onrecord.show import table

        return table.csv_text([self])

    def to_html(self) -> str:
        """Give the marked article as one self-contained page."""
        from onrecord.show import page

        return page.page([self])

    def above(self, confidence: float) -> "Reading":
        """Give the reading without the statements whose confidence is lower.

        A statement inside a dropped one moves up to the nearest statement that is kept.
        """
        if all(s.quotation.confidence >= confidence for s in self.statements):
            return self
        kept = {
            i: n for n, i in enumerate(i for i, s in enumerate(self.statements) if s.quotation.confidence >= confidence)
        }
        statements = []
        for i in kept:
            holder = self.statements[i].quotation.parent
            while holder is not None and holder not in kept:
                holder = self.statements[holder].quotation.parent
            statement = self.statements[i]
            quotation = replace(statement.quotation, parent=None if holder is None else kept[holder])
            parent = None if holder is None else self.statements[holder].id
            statements.append(replace(statement, quotation=quotation, parent=parent))
        return replace(self, statements=tuple(statements))

    def _repr_html_(self) -> str:
        from onrecord.show import page

        return page.fragment(self)

    def __repr__(self) -> str:
        speakers = {s.speaker.id for s in self.statements if s.speaker}
        return f"<Reading {self.article.name!r}: {len(self.statements)} statements, {len(speakers)} speakers>"
