"""Mail (.eml) and web pages saved as one file (.mht): the subject and the text of the message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.readers import html
from extractor.readers.assembly import one_line, whole
from extractor.readers.registry import Reader, Sample
from extractor.readers.source import Hints, Problem, SourceText
from extractor.text.decode import decode

if TYPE_CHECKING:
    from email.message import EmailMessage

_OPENING = re.compile(rb"(?:Received|Return-Path|MIME-Version|Message-ID|Delivered-To|X-[\w-]+): ", re.IGNORECASE)
_FIELD = re.compile(rb"[A-Za-z][A-Za-z-]*: ")
_MEDIA_TYPE = "message/rfc822"


def read(data: bytes, hints: Hints) -> SourceText:
    """The subject as a line, then the text, from the page if there is no plain one. Attachments are told, not read."""
    import email
    from email.message import EmailMessage
    from email.policy import default

    message = email.message_from_bytes(data, policy=default)
    subject = one_line(whole(str(message.get("Subject", ""))))
    body = message.get_body(("plain", "html"))
    text, encoding = _text(body, hints) if isinstance(body, EmailMessage) else ("", "utf-8")
    names = [part.get_filename() or "unnamed" for part in message.iter_attachments() if part.is_attachment()]
    problems: tuple[Problem, ...] = ()
    if names:
        told = f"attached files are not read: {', '.join(whole(name) for name in names)}; save them beside the mail"
        problems = (Problem("unsupported_type", told),)
    return SourceText(f"{subject}\n{text}" if subject else text, _MEDIA_TYPE, encoding, problems=problems)


def _text(part: EmailMessage, hints: Hints) -> tuple[str, str]:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if part.get_content_type() == "text/html":
        page = html.read(data, hints)
        return page.text, page.encoding
    charset = part.get_content_charset()
    decoded = decode(data, hints.encoding or (charset if charset not in (None, "us-ascii") else None))
    return decoded.text, decoded.encoding


def _is_mail(sample: Sample) -> bool:
    head = sample.head
    return _OPENING.match(head) is not None or (_FIELD.match(head) is not None and b"\nMIME-Version: " in head)


READER = Reader("mail", frozenset({".eml", ".mht", ".mhtml"}), read, _is_mail)
