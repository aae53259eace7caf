"""Rules that find figures, dates and document numbers in repaired text; one module a family."""
