"""The command line: typer commands over the rooms below."""

from onrecord.cli.app import app, main

__all__ = ["app", "main"]
