"""What people see of a reading: the terminal view, a page, rows."""
