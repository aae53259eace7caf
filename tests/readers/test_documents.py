"""What is special to a format: text boxes and notes, merged cells, percentages, columns, pages, attachments."""

from __future__ import annotations

import datetime
import io

import pytest

from extractor.readers import pdf
from extractor.readers.opening import Opener
from extractor.readers.registry import container_for, sample_of
from extractor.readers.source import Hints, Problem, SourceText
from tests.readers.makers import FONT, by_libreoffice, make_docx, make_pdf, paragraph, raw_docx
from tests.readers.marks import needs_office


@pytest.fixture(scope="module")
def text(opener: Opener):
    return lambda data, name: opener.read(data if isinstance(data, bytes) else data.encode(), name).text


def test_a_page_without_what_is_around_it(text) -> None:
    page = """<html><body><script>write("投入9万元")</script><header><h1>灾情通报</h1></header>
    <nav>首页</nav><ul><li><a>要闻动态</a></li><li><a>政务公开</a></li><li><a>办事服务</a></li></ul>
    <div>受灾人口<b>3.5</b>万人，<span>损失</span>4.5
    亿元<br>转移&nbsp;120人</div><noscript>8万元</noscript><aside>广告</aside></body></html>"""
    assert text(page, "a.html") == "灾情通报\n受灾人口3.5万人，损失4.5亿元\n转移 120人\n"


def test_a_table_that_only_lays_out_the_page_is_no_table(text) -> None:
    page = f"""<table><tr><td>菜单</td><td><p>{"甲" * 500}</p><p>第二段</p><table><tr><td>乡镇</td><td>合计</td></tr>
    <tr><td>石羊乡</td><td>18.2</td></tr></table></td></tr></table>"""
    assert text(page, "a.html").splitlines() == ["菜单", "甲" * 500, "第二段", "乡镇\t合计", "石羊乡\t18.2"]


def test_a_page_that_says_the_wrong_charset(opener: Opener) -> None:
    page = '<html><head><meta charset="gb2312"></head><body>受灾人口3.5万人</body></html>'
    source = opener.read(page.encode("utf-8"), "a.html")
    assert (source.text, source.encoding) == ("受灾人口3.5万人\n", "utf-8")
    claimed = page.replace("gb2312", "utf-8").encode("gbk")
    assert opener.read(claimed, "a.html").text == "受灾人口3.5万人\n"


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "us-ascii", "utf-8", "big5"])
def test_a_page_of_gbk_that_says_something_else(opener: Opener, charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body>松岭县受灾人口3.5万人，朱镕喆家</body></html>'
    source = opener.read(page.encode("gbk"), "a.html")
    assert (source.text, source.encoding) == ("松岭县受灾人口3.5万人，朱镕喆家\n", "gb18030")


def test_preformatted_text_keeps_its_lines_and_gaps(text) -> None:
    page = "<html><body><p>甲\n乙</p><pre>\n乡镇   户数\r\n<b>甲乡</b>\t12\n</pre></body></html>"
    assert text(page, "a.html") == "甲乙\n乡镇   户数\n甲乡    12\n"


def test_a_page_of_frames_tells_where_its_text_is(opener: Opener) -> None:
    page = '<html><frameset cols="20%,*"><frame src="menu.html"><frame src="main.html"></frameset></html>'
    source = opener.read(page.encode(), "a.html")
    assert source.text == ""
    [problem] = source.problems
    assert "menu.html, main.html" in problem.message


def test_cells_that_span_rows_and_columns(text) -> None:
    page = """<table><tr><th rowspan=2>乡镇</th><th colspan=2>资金</th></tr><tr><th>合计</th><th>口粮</th></tr>
    <tr><td>石羊乡</td><td colspan=2>18.2</td></tr></table>"""
    assert text(page, "a.html") == "乡镇\t资金\t资金\n乡镇\t合计\t口粮\n石羊乡\t18.2\t\n"


BOX = (
    "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
    f"{paragraph('框内5万元')}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
    f"{paragraph('框内5万元')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def test_word_text_boxes_once_and_notes_at_the_end(text) -> None:
    notes = '<w:footnote w:type="separator"><w:p/></w:footnote>' + f"<w:footnote>{paragraph('注：含3户')}</w:footnote>"
    data = raw_docx(BOX + paragraph("后文"), footnotes=notes)
    assert text(data, "a.docx") == "正文\n框内5万元\n后文\n注：含3户\n"


def test_word_leaves_out_what_was_deleted_and_the_code_of_fields(text) -> None:
    body = (
        "<w:p><w:r><w:t>拨款</w:t></w:r><w:del><w:r><w:delText>9</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>5</w:t></w:r></w:ins><w:r><w:instrText>PAGE 7</w:instrText></w:r>"
        "<w:r><w:t>万</w:t><w:tab/><w:t>元</w:t><w:br/><w:t>完</w:t></w:r></w:p>"
    )
    assert text(raw_docx(body), "a.docx") == "拨款5万\t元\n完\n"


def test_word_shows_what_is_printed(text) -> None:
    """Readings above characters and hidden text are left out, characters put in by their code are not."""
    body = (
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>hù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>户</w:t></w:r></w:rubyBase>"
        "</w:ruby></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏9万元</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>青政发</w:t></w:r>'
        '<w:r><w:sym w:font="宋体" w:char="3014"/><w:t>2011</w:t><w:sym w:font="宋体" w:char="3015"/></w:r>'
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>4号</w:t></w:r></w:p>'
    )
    assert text(raw_docx(body), "a.docx") == "户青政发〔2011〕4号\n"


def test_a_word_table_in_a_cell_is_a_table(text) -> None:
    import docx

    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "石羊乡"
    inner = outer.cell(0, 1).add_table(2, 2)
    for index, cell in enumerate(["口粮", "12万元", "衣被", "8万元"]):
        inner.cell(index // 2, index % 2).text = cell
    made = io.BytesIO()
    document.save(made)
    lines = text(made.getvalue(), "a.docx").split("\n")
    assert [line for line in lines if line] == ["石羊乡", "口粮\t12万元", "衣被\t8万元"]


def test_word_tables_with_merged_cells(text) -> None:
    import docx

    document = docx.Document()
    table = document.add_table(3, 3)
    for index, cell in enumerate(["乡镇", "资金", "资金", "乡镇", "合计", "口粮", "石羊乡", "18.2", "9"]):
        table.cell(index // 3, index % 3).text = cell
    table.cell(0, 0).merge(table.cell(1, 0)).text = "乡镇"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "资金"
    made = io.BytesIO()
    document.save(made)
    assert text(made.getvalue(), "a.docx") == "乡镇\t资金\t资金\n乡镇\t合计\t口粮\n石羊乡\t18.2\t9\n"


def workbook() -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("救灾款")
    sheet.merge_range("A1:E1", "2023年救灾款分配表")
    sheet.write("A2", "单位：万元")
    sheet.write_row("A3", ["序号", "乡镇", "下达资金", "受灾人口（人）", "增长"])
    sheet.write_row("A4", [1, "石羊乡", 18.25, 3500])
    sheet.write_row("A5", [2, "河口镇", 0.1 + 0.2])
    sheet.write("E4", 0.085, percent)
    sheet.write("A7", "填报日期")
    sheet.write_datetime("B7", datetime.datetime(2023, 8, 1), day)
    book.close()
    return made.getvalue()


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ('0.00"万元"', "12.5万元"),
        ('#,##0"户"', "12.5户"),
        ('0.00,"千元"', "12.5"),
        ('0!.0,"万元"', "12.5"),
        ("0.00", "12.5"),
    ],
)
def test_a_unit_that_only_the_format_of_a_cell_shows(text, number_format: str, shown: str) -> None:
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    book.add_worksheet().write("A1", 12.5, book.add_format({"num_format": number_format}))
    book.close()
    assert text(made.getvalue(), "a.xlsx") == f"{shown}\n"


def test_a_sheet_keeps_percentages_dates_and_addresses(opener: Opener) -> None:
    source = opener.read(workbook(), "a.xlsx")
    assert source.text.splitlines() == [
        *("救灾款", "2023年救灾款分配表", "单位：万元", "序号\t乡镇\t下达资金\t受灾人口（人）\t增长"),
        *("1\t石羊乡\t18.25\t3500\t8.5%", "2\t河口镇\t0.3\t\t", "", "填报日期\t2023年8月1日\t\t\t"),
    ]
    assert source.cell_at(source.text.index("18.25") + 2) == "救灾款!C4"
    assert all(source.text[start:end] for start, end, _ in source.cells)


def test_figures_of_a_sheet_take_the_unit_of_caption_and_heading(figures_only) -> None:
    records = figures_only.extract_bytes(workbook(), path="a.xlsx")
    figures = [(r.kind, r.text, str(r.value), r.unit) for r in records if r.kind in ("amount", "count")]
    assert figures == [
        ("amount", "18.25", "182500", "万元"),
        ("count", "3500", "3500", "人"),
        ("amount", "0.3", "3000", "万元"),
    ]


@pytest.mark.parametrize("name", ["a.html", "a.csv"])
def test_figures_beside_empty_cells_keep_their_own_heading(figures_only, name: str) -> None:
    rows = [["乡镇", "投资额（万元）", "受益户数（户）"], ["石羊乡", "", "120"], ["河口镇", "9.4", ""]]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    data = f"<table>{table}</table>" if name == "a.html" else "\n".join(map(",".join, rows))
    records = figures_only.extract_bytes(data.encode(), path=name)
    figures = [(r.text, r.unit) for r in records if r.kind in ("amount", "count")]
    assert figures == [("120", "户"), ("9.4", "万元")]


def test_comma_separated_values(opener: Opener) -> None:
    source = opener.read('乡镇;"投资\n（万元）";备注\n石羊乡;"1,200.5";"他说""好"""\n'.encode("gb18030"), "a.csv")
    assert source.text == '乡镇\t投资（万元）\t备注\n石羊乡\t1,200.5\t他说"好"\n'
    assert source.cell_at(source.text.index("1,200.5")) == "B2"
    assert opener.read("受灾12户，死亡1人".encode(), "a.csv").text == "受灾12户，死亡1人\n"


LONG = "".join(f"第{number}乡受灾{number}户，倒塌房屋{number}间；" for number in range(1, 200)) + "完。"


def test_a_paragraph_over_several_pages_is_whole_and_its_pages_are_known(opener: Opener) -> None:
    source = opener.read(make_pdf(f"灾情报告\n{LONG}\n结束"), "a.pdf")
    assert source.text == f"灾情报告\n\u3000\u3000{LONG}\n结束\n"
    assert len(source.pages) > 2
    assert source.page_at(0) == 1
    assert source.page_at(len(source.text) - 1) == len(source.pages)


@pytest.mark.parametrize("length", range(66, 78))
def test_the_date_below_a_last_line_that_is_full_stays_a_line(opener: Opener, length: int) -> None:
    source = opener.read(make_pdf(f"灾情报告\n{LONG[: length - 1]}。\n2015年7月20日"), "a.pdf")
    assert source.text.endswith("。\n2015年7月20日\n")


def canvas(draw) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    made = io.BytesIO()
    page = Canvas(made)
    page.setFont(FONT, 10)
    draw(page)
    page.save()
    return made.getvalue()


@pytest.mark.parametrize(
    ("feet", "kept"),
    [
        (["20", "310"], ["20", "310"]),  # a list that a page break parts
        (["1", "2"], ["", ""]),
        (["", "2"], ["", ""]),
        (["17", "18"], ["", ""]),  # a part of a book
        (["— 4 —", "第3页 共9页"], ["", ""]),
    ],
)
def test_only_numbers_that_count_the_pages_are_left_out(text, feet: list[str], kept: list[str]) -> None:
    def draw(page) -> None:
        for foot in feet:
            page.setFont(FONT, 10)
            page.drawString(50, 700, "受灾户")
            page.drawString(50, 50, foot)
            page.showPage()

    assert text(canvas(draw), "a.pdf").split() == [word for foot in kept for word in ("受灾户", foot) if word]


def test_two_columns_of_a_page_are_read_one_after_the_other(text) -> None:
    left, right = LONG[:240], LONG[240:480]

    def draw(page) -> None:
        for line in range(12):
            page.drawString(50, 700 - 15 * line, left[20 * line : 20 * line + 20])
            page.drawString(320, 700 - 15 * line, right[20 * line : 20 * line + 20])

    assert text(canvas(draw), "a.pdf").replace("\n", "") == left + right


def test_a_turned_page_and_bold_print(text) -> None:
    def draw(page) -> None:
        page.translate(300, 300)
        page.rotate(90)
        page.drawString(0, 0, "受灾12户")
        page.drawString(0.4, 0, "受灾12户")
        page.drawString(0, -20, "倒塌5间")

    assert text(canvas(draw), "a.pdf") == "受灾12户\n倒塌5间\n"


def test_a_pdf_of_pictures_needs_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(page) -> None:
        page.drawString(50, 700, "受灾12户")
        page.showPage()
        page.rect(50, 50, 100, 100, fill=1)

    monkeypatch.setattr(pdf, "recognizer", lambda: None)
    source = pdf.read(canvas(draw), Hints())
    assert (source.status, source.text, source.pages) == ("needs_ocr", "受灾12户\n", (0, 6))
    [problem] = source.problems
    assert problem.code == "needs_ocr"
    assert "page 2 " in problem.message
    assert "[ocr]" in problem.message


def test_what_was_not_read_is_told_beside_the_document(figures_only, monkeypatch: pytest.MonkeyPatch) -> None:
    read = SourceText(
        "受灾12户", "application/pdf", "text-layer", "needs_ocr", problems=(Problem("needs_ocr", "page 2"),)
    )
    monkeypatch.setattr(figures_only.opener, "read", lambda data, name: read)
    document, count, error = figures_only.extract_bytes(b"%PDF-", path="a.pdf")
    assert (document.status, document.encoding, count.text) == ("needs_ocr", "text-layer", "12户")
    assert (error.code, error.doc_id, error.message) == ("needs_ocr", document.doc_id, "page 2")
    assert len({record.id for record in (document, count, error)}) == 3


def test_a_text_layer_of_glyph_numbers_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "recognizer", lambda: None)
    source = pdf.read(canvas(lambda page: page.drawString(50, 700, "(cid:12)(cid:345)(cid:6)" * 3)), Hints())
    assert (source.status, source.text) == ("needs_ocr", "")


def test_an_empty_page_is_empty(opener: Opener) -> None:
    source = opener.read(canvas(lambda page: page.showPage()), "a.pdf")
    assert (source.status, source.text) == ("ok", "")


def test_mail_with_an_attachment(opener: Opener) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"] = "关于灾情的报告"
    mail["MIME-Version"] = "1.0"
    mail.set_content("<p>受灾12户</p>", subtype="html", charset="gb2312")
    mail.add_attachment(b"x", maintype="application", subtype="msword", filename="附表.doc")
    source = opener.read(mail.as_bytes(), "a.txt")
    assert source.text == "关于灾情的报告\n受灾12户\n"
    [problem] = source.problems
    assert problem.code == "unsupported_type"
    assert "附表.doc" in problem.message


@needs_office
def test_a_sheet_of_openoffice(opener: Opener) -> None:
    """It is a ZIP archive, and no archive of documents."""
    data = by_libreoffice(workbook(), "xlsx", "ods")
    assert container_for(sample_of(data, "a.ods")) is None
    assert "1\t石羊乡\t18.25\t3500\t8.5%" in opener.read(data, "a.ods").text.splitlines()


@needs_office
def test_an_old_sheet(opener: Opener) -> None:
    source = opener.read(by_libreoffice(workbook(), "xlsx", "xls"), "a.xls")
    assert "1\t石羊乡\t18.25\t3500\t8.5%" in source.text.splitlines()


@needs_office
def test_old_documents_without_the_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.errors import DocumentError

    data = by_libreoffice(make_docx("受灾12户"), "docx", "doc")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DocumentError, match="install LibreOffice") as refusal:
        Opener().read(data, "a.doc")
    assert refusal.value.code == "tool_missing"


def test_places_of_nothing() -> None:
    assert SourceText("甲").page_at(0) is None
    assert SourceText("甲").cell_at(0) is None
