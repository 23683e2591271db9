"""The phones: what is on them, what their owners do, and the page on which people see and do it."""
