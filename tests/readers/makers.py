"""The same report in every format, made by libraries other than those that read it.

A report is plain text: a line with wide gaps or tabs is a row of a table, any other a paragraph.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_GAP = re.compile(r"\t|\s{2,}")
FONT = "STSong-Light"


def blocks(text: str) -> Iterator[str | list[list[str]]]:
    """Paragraphs as strings, tables as rows of cells."""
    rows: list[list[str]] = []
    for line in text.splitlines():
        cells = _GAP.split(line.strip())
        if len(cells) > 1:
            rows.append(cells)
            continue
        if rows:
            yield rows
            rows = []
        if line.strip():
            yield line.rstrip()
    if rows:
        yield rows


def make_html(text: str, charset: str = "utf-8") -> bytes:
    parts = []
    for block in blocks(text):
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>")
            continue
        rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block)
        parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>县情 99万元</title>
<style>p {{ width: 33万元 }}</style><script>var loss = "损失77万元";</script></head>
<body><nav><a href="/">首页 88元</a></nav><ul><li><a href="1">公告1</a></li><li><a href="2">公告2</a></li>
<li><a href="3">公告3</a></li></ul><div id="content">{"".join(parts)}</div><!-- 66万元 -->
<footer>版权 55万元</footer></body></html>"""
    return page.encode(charset, "xmlcharrefreplace")


def make_docx(text: str) -> bytes:
    import docx

    document = docx.Document()
    for block in blocks(text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), max(map(len, block)))
        for number, row in enumerate(block):
            for index, cell in enumerate(row):
                table.cell(number, index).text = cell
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def make_xlsx(text: str) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("Sheet1")
    number = 0
    for block in blocks(text):
        for row in [[block]] if isinstance(block, str) else block:
            for index, cell in enumerate(row):
                if re.fullmatch(r"\d+\.\d*[1-9]|[1-9]\d{0,2}", cell):
                    sheet.write_number(number, index, float(cell))
                else:
                    sheet.write_string(number, index, cell)
            number += 1
    book.close()
    return made.getvalue()


def make_csv(text: str) -> bytes:
    rows = (row for block in blocks(text) for row in ([[block]] if isinstance(block, str) else block))
    lines = (",".join(f'"{cell}"' if "," in cell or '"' in cell else cell for cell in row) for row in rows)
    return "\r\n".join(lines).encode("gb18030")


def make_pdf(text: str, *, ruled: bool = True, **options: Any) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    body = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    head = ParagraphStyle("head", parent=body, firstLineIndent=0)
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
    title = ParagraphStyle("title", parent=head, fontSize=16, leading=28, alignment=1)
    story: list[Any] = []
    for block in blocks(text):
        if isinstance(block, str):
            style = title if not story else head if len(block) < 30 else body
            story.append(Paragraph(html.escape(block.strip("\u3000 ")), style))
        else:
            width = max(map(len, block))
            rows = [row + [""] * (width - len(row)) for row in block]
            story.append(Table(rows, style=TableStyle([("FONT", (0, 0), (-1, -1), FONT, 11), *grid])))
    made = io.BytesIO()
    SimpleDocTemplate(made, **options).build(story)
    return made.getvalue()


def make_eml(text: str) -> bytes:
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message["From"] = "zhang@example.org"
    message.set_content(
        "\n".join(line for line in text.splitlines()), charset="gb2312" if _is_gb2312(text) else "utf-8"
    )
    return message.as_bytes()


def make_rtf(text: str) -> bytes:
    def escaped(line: str) -> str:
        units = memoryview(line.encode("utf-16-le")).cast("H")
        return "".join(chr(unit) if unit < 128 else f"\\u{unit - 65536 if unit > 32767 else unit}?" for unit in units)

    parts = []
    for block in blocks(text):
        for row in [block] if isinstance(block, str) else block:
            if isinstance(row, str):
                parts.append(f"\\pard {escaped(row)}\\par\n")
            else:
                parts.append("\\trowd " + "".join(f"{escaped(cell)}\\cell " for cell in row) + "\\row\n")
    return ("{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}\n" + "".join(parts) + "}").encode("ascii")


def make_doc(text: str) -> bytes:
    """An old Word document, made by LibreOffice."""
    return by_libreoffice(make_docx(text), "docx", "doc")


def by_libreoffice(data: bytes, source: str, target: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"x.{source}")
        file.write_bytes(data)
        office = shutil.which("soffice") or shutil.which("libreoffice")
        assert office
        profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", target, "--outdir", folder, str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return file.with_suffix(f".{target}").read_bytes()


FORMATS: dict[str, Callable[[str], bytes]] = {
    "csv": make_csv,
    "docx": make_docx,
    "eml": make_eml,
    "html": make_html,
    "pdf": make_pdf,
    "rtf": make_rtf,
    "xlsx": make_xlsx,
}


def zipped(members: dict[str, bytes], **options: Any) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def seven_zipped(members: dict[str, bytes], *options: str, kind: str = "7z") -> bytes:
    """An archive made by the 7z program."""
    program = shutil.which("7z") or shutil.which("7zz")
    assert program
    with tempfile.TemporaryDirectory() as folder:
        for name, data in members.items():
            file = Path(folder, "in", name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        archive = Path(folder, f"made.{kind}")
        command = [program, "a", f"-t{kind}", *options, str(archive), "."]
        subprocess.run(command, check=True, capture_output=True, cwd=Path(folder, "in"))
        return archive.read_bytes()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def raw_docx(body: str, **parts: str) -> bytes:
    """A .docx from the XML of its body and of other parts (``footnotes``), put together by hand."""
    namespaces = (
        f'{_W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    document = f'<?xml version="1.0"?><w:document {namespaces}><w:body>{body}</w:body></w:document>'
    members = {"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()}
    for name, xml in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {_W}>{xml}</w:{name}>".encode()
    return zipped(members)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def _is_gb2312(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
