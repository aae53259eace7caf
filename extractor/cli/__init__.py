"""The command line: one module a command. Only here anything is printed."""
