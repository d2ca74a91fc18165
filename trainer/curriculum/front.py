"""The front matter of a module: YAML whose values are checked by type and lose no text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from trainer.curriculum.faults import Faults, similar
from trainer.curriculum.scan import Line


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that the front matter of a kind of file has, and those it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...]


MODULE = Keys(("title", "reading", "practice", "outcomes", "safety", "sources"), ("content_note",))
_LOSES = "YAML loses part of this line of"
_MINUTES = re.compile(r"([1-9]\d{0,2}) min")
_TEXT, _FLAG = "tag:yaml.org,2002:str", "tag:yaml.org,2002:bool"


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter as plain values; `lines` says where each key stands."""

    title: str
    reading_minutes: int
    practice_minutes: int
    outcomes: tuple[str, ...]
    safety: bool
    content_note: str
    sources: tuple[str, ...]
    lines: Mapping[str, int]


def read_front(lines: Sequence[Line], faults: Faults) -> Front | None:
    """Read front matter; None after a fault that leaves nothing to go on with."""
    reader = reader_of(lines, MODULE, faults)
    if reader is None:
        return None
    front = Front(
        title=reader.text("title"),
        reading_minutes=reader.minutes("reading"),
        practice_minutes=reader.minutes("practice"),
        outcomes=reader.texts("outcomes"),
        safety=reader.flag("safety"),
        content_note=reader.text("content_note"),
        sources=reader.texts("sources"),
        lines=reader.lines,
    )
    if front.safety and not front.content_note and "content_note" not in front.lines:
        faults.add(
            front.lines["safety"], "a safety module has a `content_note`: one calm line and the other way to learn it."
        )
    return front


def reader_of(lines: Sequence[Line], keys: Keys, faults: Faults) -> Reader | None:
    """Return what takes values out of front matter, once its keys are known; None if it is not to be read."""
    start = lines[0].number if lines else 1
    text = "\n".join(line.text for line in lines)
    nodes = _nodes(text, start, keys, faults)
    return Reader(text, start, nodes, faults) if nodes is not None else None


def _nodes(text: str, start: int, keys: Keys, faults: Faults) -> dict[str, yaml.Node] | None:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = start + mark.line if mark else start
        faults.add(line, f"the front matter is not YAML ({error.problem}); put the text in quotes.")
        return None
    except (yaml.YAMLError, RecursionError, ValueError):
        faults.add(start, "the front matter is not YAML.")
        return None
    if not isinstance(root, yaml.MappingNode):
        faults.add(start, "the front matter holds keys and values: `title: ...`.")
        return None
    return _keys(root, start, keys, faults)


def _keys(root: yaml.MappingNode, start: int, keys: Keys, faults: Faults) -> dict[str, yaml.Node]:
    nodes: dict[str, yaml.Node] = {}
    known = keys.required + keys.optional
    for key, value in root.value:
        line = start + key.start_mark.line
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if name in nodes:
            faults.add(line, f"`{name}` stands here twice.")
        elif name not in known:
            faults.add(line, f"the front matter has no key `{name}`{similar(name, known)}.")
        else:
            nodes[name] = value
    for name in keys.required:
        if name not in nodes:
            faults.add(max(start - 1, 1), f"the front matter has no `{name}`.")
    return nodes


class Reader:
    """Takes values out of the nodes and notes what has the wrong type or loses text."""

    def __init__(self, text: str, start: int, nodes: Mapping[str, yaml.Node], faults: Faults) -> None:
        self._raw, self._start, self._nodes, self._faults = text, start, nodes, faults

    @property
    def lines(self) -> Mapping[str, int]:
        """Where each key stands."""
        return {key: self._start + node.start_mark.line for key, node in self._nodes.items()}

    def _line(self, node: yaml.Node) -> int:
        return self._start + int(node.start_mark.line)

    def _text(self, node: yaml.Node, where: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.tag != _TEXT:
            self._faults.add(self._line(node), f"`{where}` is text; put it in quotes.")
            return ""
        value = " ".join(str(node.value).split())
        if not value:
            self._faults.add(self._line(node), f"`{where}` is empty.")
        elif self._loses(node, value):
            self._faults.add(self._line(node), f"{_LOSES} `{where}`; put the text in quotes.")
        return value

    def _loses(self, node: yaml.ScalarNode, value: str) -> bool:
        """A plain text ends at ` #`, and an anchor or tag before it vanishes; a block text loses nothing."""
        if node.style in ("|", ">"):
            return False
        written = self._raw[node.start_mark.index : node.end_mark.index]
        rest = self._raw[node.end_mark.index :].split("\n", 1)[0]
        return bool(rest.strip()) or (node.style is None and " ".join(written.split()) != value)

    def _check_plain(self, node: yaml.Node, key: str) -> None:
        if isinstance(node, yaml.ScalarNode) and self._loses(node, str(node.value)):
            self._faults.add(self._line(node), f"{_LOSES} `{key}`; nothing stands after it.")

    def text(self, key: str) -> str:
        """Return the text of a key, "" when it is missing."""
        node = self._nodes.get(key)
        return self._text(node, key) if node is not None else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts of a key."""
        node = self._nodes.get(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode) or not node.value or node.flow_style:
            self._faults.add(self._line(node), f"`{key}` is a list: a line `- text` for each.")
            return ()
        if not re.search(rf"^{key}:[ ]*$", self._raw, re.MULTILINE):
            line = self._start + self._raw.count("\n", 0, self._raw.find(f"{key}:"))
            self._faults.add(line, f"{_LOSES} `{key}`; nothing stands after it.")
        return tuple(self._text(item, key) for item in node.value)

    def minutes(self, key: str) -> int:
        """Return the minutes of a key written as `7 min`, 0 after a fault."""
        node = self._nodes.get(key)
        if node is None:
            return 0
        mark = _MINUTES.fullmatch(node.value) if isinstance(node, yaml.ScalarNode) and node.tag == _TEXT else None
        if mark is None:
            self._faults.add(self._line(node), f"`{key}` is written as a number of minutes: `7 min`.")
            return 0
        self._check_plain(node, key)
        return int(mark[1])

    def flag(self, key: str) -> bool:
        """Return true or false, false when the key is missing."""
        node = self._nodes.get(key)
        if node is None:
            return False
        if not isinstance(node, yaml.ScalarNode) or node.tag != _FLAG or node.value not in ("true", "false"):
            self._faults.add(self._line(node), f"`{key}` is true or false.")
            return False
        self._check_plain(node, key)
        return bool(node.value == "true")
