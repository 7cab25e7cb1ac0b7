"""Markup: the text of an HTML page as a reader sees it, in paragraphs, lines and rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.errors import InvalidDocument
from timeline.intake.documents.nesting import hold_nesting
from timeline.intake.documents.page import Page

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "select",
        "textarea",
        "audio",
        "video",
        "canvas",
    ]
)
_UNSHOWN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)


def text_of_html(html: str) -> tuple[str, frozenset[int]]:
    """Return what a reader of the page sees, and where in it headings begin.

    Raises InvalidDocument where selectolax is not installed, or the page is nested too deep.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InvalidDocument(
            'reading HTML needs selectolax; install "corporate-timeline[intake]",'
            " or give plain text"
        ) from error
    hold_nesting(html)
    page = Page()
    parsed = LexborHTMLParser(html.encode("utf-8", "replace"))
    if parsed.root is not None:
        _walk(parsed.root, page)
    return page.text()


def _walk(root: LexborNode, page: Page) -> None:
    """Go through the tree without recursion: its depth is the page's to choose."""
    node: LexborNode | None = root
    above: list[LexborNode] = []
    while node is not None:
        below = _enter(node, page)
        if below is not None:
            above.append(node)
            node = below
            continue
        page.leave(node.tag or "")
        while (following := node.next) is None and above:
            node = above.pop()
            page.leave(node.tag or "")
        node = following


def _enter(node: LexborNode, page: Page) -> LexborNode | None:
    """Take a node in, and return the first one in it if there is any to be seen."""
    if node.is_text_node:
        page.write(node.text_content or "")
        return None
    if not node.is_element_node or _is_unseen(node):
        return None
    page.enter(node.tag or "")
    return node.child


def _is_unseen(node: LexborNode) -> bool:
    if node.tag in _UNSEEN:
        return True
    told = node.attributes
    return "hidden" in told or _UNSHOWN.search(told.get("style") or "") is not None
