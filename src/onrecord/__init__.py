"""Read the news and keep the record: who said what, when, and through whom."""
