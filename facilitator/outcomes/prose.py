"""The organiser's own text: Markdown as blocks of a document.

Paragraphs, lists, quotes, headings, emphasis and links (http, https, mailto) are understood; HTML is text, a picture is
its description, and nothing is fetched. Since the outcome is blocks and not markup, every format shows the same, and
each renderer escapes it like everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from ..domain.document import ADDRESS, Block, Inline, Line, ListBlock, Paragraph, Quote, Styled

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The blocks of a text; none of an empty one."""
    from markdown_it.tree import SyntaxTreeNode

    tree = SyntaxTreeNode(_parser().parse(markdown))
    return tuple(block for node in tree.children for block in _block(node))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # here: a server starts without it

    return MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline"])


def _block(node: SyntaxTreeNode) -> Iterator[Block]:
    if node.type == "heading":  # a section has headings of its own; within it this is a line that stands out
        yield Paragraph((Styled(_plain(node), strong=True),))
    elif node.type == "paragraph":
        yield Paragraph(_line(node))
    elif node.type in ("bullet_list", "ordered_list"):
        yield ListBlock(tuple(_items(node)), ordered=node.type == "ordered_list")
    elif node.type == "blockquote":
        yield Quote("\n".join(filter(None, (_plain(inner) for inner in node.children))))
    elif node.type in ("code_block", "fence"):
        yield Paragraph((node.content.rstrip("\n"),))


def _items(node: SyntaxTreeNode, depth: int = 0) -> Iterator[Line]:
    """The items of a list; those of a list within it follow, set off by dashes."""
    for item in node.children:
        for inner in item.children:
            if inner.type in ("bullet_list", "ordered_list"):
                yield from _items(inner, depth + 1)
            else:
                line = _line(inner) if inner.type == "paragraph" else (_plain(inner),)
                yield (("– " * depth, *line) if depth else line)


def _line(node: SyntaxTreeNode) -> Line:
    return tuple(_inlines(node, strong=False, emphasis=False, url=""))


def _inlines(node: SyntaxTreeNode, *, strong: bool, emphasis: bool, url: str) -> Iterator[Inline]:
    for inner in node.children or ():
        if inner.type in ("inline", "strong", "em", "link"):
            address = str(inner.attrs.get("href", "")) if inner.type == "link" else ""
            yield from _inlines(
                inner,
                strong=strong or inner.type == "strong",
                emphasis=emphasis or inner.type == "em",
                url=address if ADDRESS.match(address) else url,
            )
        elif words := _words(inner):
            plain = not (strong or emphasis or url)
            yield words if plain else Styled(words, strong=strong, emphasis=emphasis, url=url)


def _words(node: SyntaxTreeNode) -> str:
    match node.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "image":
            return node.content
    return str(node.content)


def _plain(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline", "softbreak", "hardbreak", "image", "code_block", "fence"):
        return _words(node)
    separator = "" if node.type in ("inline", "strong", "em", "link", "heading", "paragraph") else "\n"
    return separator.join(_plain(inner) for inner in node.children)
