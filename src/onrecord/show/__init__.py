"""What people see of a reading: `terminal` (marked article, table), `page` (HTML), `table` (rows, CSV, frames).

Nothing is imported here: each view loads what it needs when it is asked for.
"""
