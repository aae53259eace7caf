"""From the bytes of a file, whatever its format, to the text that all offsets count in.

``registry`` knows the formats; ``opening`` goes from a file or an archive to its documents; ``isolation`` keeps parsers
that may hang or crash in a process of their own. Each format is a module of its own, found by entry point.
"""
