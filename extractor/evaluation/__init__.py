"""How good the records are: a run compared with gold passages, and floors under its figures."""
