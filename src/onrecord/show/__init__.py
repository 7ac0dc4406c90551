"""What people see of a reading: `terminal` (the marked article and a table), `page` (HTML), `table` (rows, CSV, frames).

Nothing is imported here: each view loads what it needs when it is asked for.
"""
