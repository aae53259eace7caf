"""Disasters as events: what struck when and where, which tellings are one event, and what it caused."""
