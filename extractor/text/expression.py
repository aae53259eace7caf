"""Regular expressions that are compiled when they are first used, for those that few texts need.

Compiling all at import took a fifth of the start of ``extractor run``. What every text needs is better compiled with
``re.compile``: a call through an expression of ours takes some 30 ns more.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Expression:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """An attribute of the compiled pattern, which the instance then has itself."""
        if name.startswith("_"):
            raise AttributeError(name)
        if (compiled := self.__dict__.get("_compiled")) is None:
            compiled = self.__dict__["_compiled"] = re.compile(self.pattern, self._flags)
        found = self.__dict__[name] = getattr(compiled, name)
        return found


def expression(pattern: str, flags: re.RegexFlag = re.RegexFlag.NOFLAG) -> re.Pattern[str]:
    """``pattern``, to be used by its methods: a mistake in it shows when it is first used.

    >>> expression("[0-9]+").findall("2197户8788人")
    ['2197', '8788']
    """
    return cast("re.Pattern[str]", _Expression(pattern, flags))
