"""people: who holds which office when, and whom a name means.

`People.load()` reads tables that ship (`data/`, made by training/people/) and the user's own; no network.
"""

from onrecord.people.nouns import Person, Role, Term
from onrecord.people.register import People

__all__ = ["People", "Person", "Role", "Term"]
