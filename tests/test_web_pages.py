"""Web pages as the content systems of Chinese governments write them: no figure of the article is lost or glued.

The pages are invented; their markup is that of the systems (TRS, JCMS of 大汉, pages saved from Word and from WPS).
"""

from __future__ import annotations

import re

import pytest

from indicators.reading.formats import Extracted, extract

MENU = (
    "<div class='header'><div class='nav'><ul>"
    + "".join(f"<li><a href='/col/col{n}/index.html'>栏目{n}</a></li>" for n in range(1, 9))
    + "</ul></div><div class='search'><form><input name=q><input type=submit value=搜索></form></div></div>"
)
NEWS = "".join(
    f"<li><a href='/art/2023/{n}/5/art_{n}.html'>某镇第{n}期培训班开班</a><span>2023-0{n}-05</span></li>"
    for n in range(1, 8)
)
FOOT = (
    "<div class='footer'><p>主办单位：青禾县人民政府办公室　网站标识码：4309990001</p>"
    "<p>湘ICP备19000001号-1　湘公网安备 43099902000001号　电话：0799-8888888</p></div>"
)
HEAD = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}-青禾县人民政府</title>{marks}</head><body>"
TITLE = "青禾县2020年乡村建设情况"
OPENING = "2020年，青禾县新建成农村公路128.6公里，总投资3,215.8万元，惠及17个乡镇、246个村。"
MORE = "全县共有党员12,346名，其中女党员3208名，占比25.98%；比上年增加412名。"
LAST = "下一步，将在2021年底前再建成卫生室35个，每个补助6.5万元。"


def page(body: str, marks: str = "") -> str:
    return HEAD.format(title=TITLE, marks=marks) + MENU + body + FOOT + "</body></html>"


def trs() -> str:
    """TRS WCM: numbers in spans of their own, full-width spaces for indents, &nbsp; between."""
    spans = re.sub(r"(\d[\d,.]*)", r"<span lang='EN-US' style='font-family:宋体'>\1</span>", OPENING)
    marks = "<meta name='PubDate' content='2020-12-18 09:30'><meta name='ContentSource' content='青禾日报'>"
    body = (
        f"<div class='xl_main'><h2 class='title'>{TITLE}</h2><div class='xl_info'>"
        "<span>发布时间：2020-12-18 09:30</span><span>来源：青禾日报</span>"
        "<span>浏览次数：<font id='hits'>1863</font></span><span>【字体：大 中 小】</span></div>"
        "<div class='TRS_Editor'><style>.TRS_Editor P{line-height:2;font-size:12pt}</style>"
        f"<p>　　{spans}</p><p>&nbsp;&nbsp;&nbsp;&nbsp;{MORE}</p><p align=right>　　{LAST}</p></div></div>"
    )
    return page(f"{body}<div class='xgxw'><h3>相关新闻</h3><ul>{NEWS}</ul></div>", marks)


def jcms() -> str:
    """JCMS of 大汉: tables in tables, div#zoom, paragraphs by <br>, <font> within a number."""
    cut = OPENING.replace("3,215.8", "<font size=3>3,2</font><font color=red>15.8</font>")
    return page(
        "<table width=1000 align=center><tr><td><table width='100%'>"
        f"<tr><td align=center class=title><b>{TITLE}</b></td></tr>"
        "<tr><td align=center>发布日期：2020-12-18&nbsp;&nbsp;信息来源：县农业农村局&nbsp;&nbsp;"
        "浏览次数：<script>document.write(77)</script></td></tr>"
        f"<tr><td><div id='zoom'><!--ZJEG_RSS.content.begin-->　　{cut}<br>　　<br>"
        f"　　{MORE}<br/>　　{LAST}<!--ZJEG_RSS.content.end--></div></td></tr>"
        "</table></td><td width=240 valign=top><table><tr><td>热点新闻</td></tr>"
        f"<tr><td><ul>{NEWS}</ul></td></tr></table></td></tr></table>"
    )


def ucap() -> str:
    """ucap: articles in divs without paragraphs, a table of figures among them, an editor's line at the end."""
    cells = (("公路里程（公里）", "128.6", "12.4"), ("卫生室（个）", "<span>2</span><span>46</span>", "-3.1"))
    rows = "".join(f"<tr><td><p>{name}</p></td><td><p>{old}</p></td><td>{new}</td></tr>" for name, old, new in cells)
    return page(
        f"<div class='article'><h1>{TITLE}</h1>"
        "<div class='sub'>2020年12月18日 来源：县政府办 点击：<i>502</i>次</div>"
        f"<div class='ucap-content' id='UCAP-CONTENT'><div>{OPENING}</div><div><br></div>"
        f"<div><strong>一、</strong>{MORE}</div>"
        f"<table border=1><tr><td>指标</td><td>2020年</td><td>增长（%）</td></tr>{rows}</table>"
        f"<div>{LAST}</div></div><div class='editor'>责任编辑：李某　审核：王某</div></div>"
        f"<div class='share'>分享到：<a href=#>微信</a> <a href=#>微博</a></div><ul class='list'>{NEWS}</ul>"
    )


def word() -> str:
    """Saved from Word: o:p and conditional comments, a line broken inside a number's span, superscripts."""
    area = MORE.replace("。", "；面积18.6万m<sup>2</sup>，投入10<sup>6</sup>元以上<sup>①</sup>，合计35<sup>2</sup>项。")
    return page(
        f"<div class='content'><h1>{TITLE}</h1><p>2020-12-18</p><div class=WordSection1>"
        f"<!--[if gte mso 9]><xml><w:View>Normal 99</w:View></xml><![endif]-->"
        "<p class=MsoNormal style='text-indent:32.0pt'><span lang=EN-US>2020</span><span>年，</span>"
        f"{OPENING[6:]}<o:p></o:p></p><p class=MsoNormal>{area}<o:p>&nbsp;</o:p></p>"
        f"<p class=MsoNormal><span\nlang=EN-US>\n</span>{LAST}</p></div></div>"
    )


@pytest.mark.parametrize("written", [trs, jcms, ucap, word])
def test_no_figure_of_an_article_is_lost_or_glued_and_menus_stay_out(written: object) -> None:
    found = extract("a.html", written().encode())  # type: ignore[operator]
    flat = re.sub(r"\s", "", found.text)
    for sentence in (OPENING, LAST):
        assert sentence in flat, found.text
    assert MORE[:-1] in flat
    assert found.published == "2020-12-18" or written is word
    assert "某镇第3期" not in flat
    assert "栏目3" not in flat
    assert "4309990001" not in flat
    assert found.note, "what is left out is said"
    assert found.title == TITLE
    assert found.source == {trs: "青禾日报", jcms: "县农业农村局", ucap: "县政府办", word: ""}[written]  # type: ignore[index]
    if written is ucap:
        assert "卫生室:2020年246个,增长-3.1%。" in flat


def test_a_superscript_is_no_digit_of_the_number_before_it() -> None:
    found: Extracted = extract("a.html", word().encode())
    assert "10^6元" in found.text
    assert "35^2项" in found.text
    assert "m2" in found.text
