"""Reads one YAML text into plain values that remember their lines. Only the plain part of YAML is taken.

`yes` and `no` stay words (a field that is a claim reads them), dates stay text, numbers with a leading zero stay text;
anchors, aliases, tags and several documents in a file are refused: nobody needs them to describe a service, and with
them a small file can grow without bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver

from frontdoor.catalogue.faults import Fault

Path = tuple[str | int, ...]

MOST_BYTES = 1_000_000
DEEPEST = 30
TAB_INDENT = re.compile(r" *\t")
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
PLAIN_TAGS = frozenset({"str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value"})
WORDS_OF_YAML = (
    (
        "mapping values are not allowed",
        "a colon stands where none can",
        'Check the indent of this line; put words that contain ": " in quotes.',
    ),
    ("could not find expected ':'", "this line has no colon", "Write `name: words`, or check the indent."),
    (
        "node content",
        "a value should stand here, and there is none",
        "Write it, or close the bracket that was opened.",
    ),
    ("unexpected end of stream", "quotes are opened and never closed", "Close the quotes."),
    (
        "flow sequence",
        "a list in [ ] is not closed",
        "Close it with ]; words in it that hold , ? or : stand in quotes.",
    ),
    (
        "flow mapping",
        "a list in { } is not closed",
        "Close it with }; words in it that hold , ? or : stand in quotes.",
    ),
    (
        "cannot start any token",
        "a word begins with a sign that means something else here",
        "Put it in quotes.",
    ),
    (
        "block collection",
        "a line is neither part of the list nor of the block above it",
        "Check the indent of this line and of the one before.",
    ),
    (
        "expected <block end>",
        "this line does not stand under the one before",
        "Check the indent of this line.",
    ),
    ("block mapping", "this line does not stand under the one before", "Check the indent of this line."),
)


class Block(dict[str | int, object]):
    """A mapping that knows its own path in the file."""

    path: Path = ()


@dataclass
class Source:
    """A file that was read: its name, its value, the line of every key and item, and what was wrong with it."""

    file: str
    value: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of a path, or of the nearest thing around it that has one."""
        for length in range(len(path), 0, -1):
            if (line := self.lines.get(path[:length])) is not None:
                return line
        return self.lines.get((), 1)

    def fault(self, path: Path, problem: str, mend: str = "") -> None:
        """Notes a mistake at a path."""
        if problem[1:2].islower():
            problem = problem[:1].lower() + problem[1:]
        self.faults.append(Fault(self.file, self.line_of(path), dotted(path), problem, mend))


def dotted(path: Path) -> str:
    """`sections.benefit.questions.benefit.when`; items of lists count from 1."""
    return ".".join(f"{part + 1}" if isinstance(part, int) else part for part in path)


def read_yaml(*, file: str, text: str, first_line: int = 1) -> Source:
    """The value of a YAML text. Never raises for what is in it: mistakes are in `faults`, and then `value` is None."""
    source = Source(file)
    if found := CONTROL.search(text):
        line = first_line + text.count("\n", 0, found.start())
        mend = "Take it out; most editors show it as a box."
        source.faults.append(Fault(file, line, "", "a character that nobody can see is in the file", mend))
        return source
    if len(text.encode()) > MOST_BYTES:
        source.fault((), f"the file is larger than {MOST_BYTES // 1000:,} kB", "Split or shorten it.")
        return source
    node = _composed(source, text, first_line)
    if node is None:
        return source
    reader = _Reader(source, first_line)
    value = reader.value_of(node, ())
    source.value = None if source.faults else value
    return source


def _composed(source: Source, text: str, first_line: int) -> Node | None:
    try:
        if _refuse_anchors_and_depth(source, text, first_line):
            return None
        node = _yaml().compose(text)
    except MarkedYAMLError as error:
        source.faults.append(_fault_of(source.file, text, error, first_line))
    except YAMLError as error:
        source.fault((), *_in_words(str(error)))
    else:
        if node is None:
            source.fault((), "the file is empty", "See docs/writing-a-pack.md for what belongs in it.")
        return node  # type: ignore[no-any-return]  # ruamel.yaml does not say what compose gives
    return None


class _AsWritten(VersionedResolver):
    """Words keep the tag of plain words: `scalar` says what they mean, so that ten patterns a word need not be tried."""

    def resolve(self, kind: type[Node], value: object, implicit: object) -> object:
        if kind is ScalarNode:
            return self.DEFAULT_SCALAR_TAG
        return self.DEFAULT_SEQUENCE_TAG if kind is SequenceNode else self.DEFAULT_MAPPING_TAG


def _yaml() -> YAML:
    yaml = YAML(typ="safe")
    yaml.Resolver = _AsWritten
    return yaml


def _refuse_anchors_and_depth(source: Source, text: str, first_line: int) -> bool:
    """Before anything is built from the text: what could make it grow without bound is a fault."""
    depth = 0
    for event in _yaml().parse(text):
        line = event.start_mark.line + first_line
        if getattr(event, "anchor", None) is not None:
            problem, mend = (
                "an anchor (& or *) is used, which packs do not allow",
                "Write the words out again.",
            )
            source.faults.append(Fault(source.file, line, "", problem, mend))
            return True
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > DEEPEST:
            problem, mend = "things are nested too deeply to read", "Make the file flatter."
            source.faults.append(Fault(source.file, line, "", problem, mend))
            return True
    return False


def _fault_of(file: str, text: str, error: MarkedYAMLError, first_line: int) -> Fault:
    mark = error.problem_mark or error.context_mark
    last = text.rstrip().count("\n")
    if mark and error.context_mark and mark.line > last:
        mark = error.context_mark  # what was never closed is mended where it was opened
    said = " ".join(str(part) for part in (error.problem, error.context) if part)
    if mark and TAB_INDENT.match("".join(text.split("\n")[mark.line : mark.line + 1])):
        problem, mend = "a tab is used to indent", "Indent with spaces."
    elif "single document" in said:
        problem, mend = "there are several documents in the file", "Take out the lines `---`."
    else:
        problem, mend = _in_words(said)
    line = (min(mark.line, last) + first_line) if mark else first_line
    return Fault(file, line, "", problem, mend)


def _in_words(said: str) -> tuple[str, str]:
    for sign, problem, mend in WORDS_OF_YAML:
        if sign in said:
            return problem, mend
    return "this is not YAML that can be read", "Check indents, colons and quotes near this line."


class _Reader:
    """Walks the nodes of one file."""

    def __init__(self, source: Source, first_line: int) -> None:
        self.source = source
        self.first_line = first_line

    def value_of(self, node: Node, path: Path) -> object:
        self.source.lines.setdefault(path, node.start_mark.line + self.first_line)
        if not self._has_plain_tag(node):
            self.source.fault(path, "a tag (!) is used, which packs do not allow", "Put the words in quotes.")
        elif isinstance(node, MappingNode):
            return self._block(node, path)
        elif isinstance(node, SequenceNode):
            return [self.value_of(item, (*path, index)) for index, item in enumerate(node.value)]
        elif isinstance(node, ScalarNode):
            return scalar(node)
        return None

    def _has_plain_tag(self, node: Node) -> bool:
        return node.tag is None or str(node.tag).removeprefix("tag:yaml.org,2002:") in PLAIN_TAGS

    def _block(self, node: MappingNode, path: Path) -> Block:
        block = Block()
        block.path = path
        for key, value, line in self._entries(node, path):
            if key in block:
                first = self.source.line_of((*path, key))
                self.source.faults.append(
                    Fault(
                        self.source.file,
                        line,
                        dotted((*path, key)),
                        f"this is written twice (first on line {first})",
                        "Keep one of them, or give one another name.",
                    )
                )
                continue
            self.source.lines[(*path, key)] = line
            block[key] = self.value_of(value, (*path, key))
        return block

    def _entries(self, node: MappingNode, path: Path) -> Iterator[tuple[str | int, Node, int]]:
        for key_node, value in node.value:
            line = key_node.start_mark.line + self.first_line
            key = scalar(key_node) if isinstance(key_node, ScalarNode) else None
            if isinstance(key_node, ScalarNode) and not isinstance(key, int):
                key = str(key_node.value)
            if not isinstance(key, str | int) or key == "<<":
                problem = "a name before a colon must be one plain word or number"
                self.source.faults.append(
                    Fault(self.source.file, line, dotted(path), problem, "Put it in quotes.")
                )
                continue
            yield (str(key_node.value) if isinstance(key, bool) else key), value, line


def scalar(node: ScalarNode) -> object:
    """The value of one word as packs read it: true, false, null, numbers; everything else is text."""
    text = str(node.value)
    if node.style:
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if WHOLE.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text
