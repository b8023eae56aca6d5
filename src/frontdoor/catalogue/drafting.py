"""From the texts of a pack's files to their shapes: the first of the two phases of loading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TypeVar

from frontdoor.catalogue.draft import ArticleText, Draft, UpdateText
from frontdoor.catalogue.faults import Fault
from frontdoor.catalogue.folder import YAML_FILES
from frontdoor.catalogue.reading import Source, read_yaml
from frontdoor.catalogue.schema.base import Shape
from frontdoor.catalogue.schema.decision import DecisionShape
from frontdoor.catalogue.schema.form import FormShape
from frontdoor.catalogue.schema.journey import JourneyShape
from frontdoor.catalogue.schema.service import ServiceShape
from frontdoor.catalogue.schema.texts import ArticleShape, ExamplesShape, UpdateShape
from frontdoor.catalogue.shaping import shape_of

Shaped = TypeVar("Shaped", bound=Shape)
FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|$)", re.DOTALL)


class Drafting:
    """The shapes of the files of one pack, and the faults found on the way."""

    def __init__(self, files: Mapping[str, str], folder: str) -> None:
        self.files = files
        self.folder = folder
        self.sources: dict[str, Source] = {}

    def draft(self) -> Draft | None:
        """The draft; None where any file has not the right shape."""
        service = self._yaml(ServiceShape, "service.yaml")
        form = self._yaml(FormShape, "form.yaml")
        decision = self._yaml(DecisionShape, "decision.yaml")
        journey = self._yaml(JourneyShape, "journey.yaml")
        examples = self._yaml(ExamplesShape, "examples.yaml")
        updates = self._updates()
        articles = self._articles()
        if not (service and form and decision and journey and examples) or self.faults:
            return None
        return Draft(self.folder, service, form, decision, journey, examples, self.sources, updates, articles)

    @property
    def faults(self) -> list[Fault]:
        """What is wrong so far, in all files."""
        return [fault for source in self.sources.values() for fault in source.faults]

    def _yaml(self, kind: type[Shaped], name: str) -> Shaped | None:
        if name not in self.files:
            self.sources[name] = source = Source(self._path(name))
            source.faults.append(
                Fault(source.file, 0, "", "this file is missing", f"A pack has {', '.join(YAML_FILES)}.")
            )
            return None
        self.sources[name] = source = read_yaml(file=self._path(name), text=self.files[name])
        return shape_of(kind, source)

    def _updates(self) -> dict[str, UpdateText]:
        found: dict[str, UpdateText] = {}
        for name in self._texts_in("updates"):
            source, shape, body, line = self._text(UpdateShape, name)
            if shape is None:
                continue
            if shape.name in found:
                other = found[shape.name].source.file.removeprefix(f"{self.folder}/")
                source.fault(
                    ("name",), f'the update "{shape.name}" is already written in {other}', "Rename one."
                )
                continue
            found[shape.name] = UpdateText(source, body, line, shape)
        return found

    def _articles(self) -> dict[str, ArticleText]:
        found: dict[str, ArticleText] = {}
        for name in self._texts_in("articles"):
            source, shape, body, line = self._text(ArticleShape, name)
            if shape is not None:
                found[PurePosixPath(name).stem] = ArticleText(source, body, line, shape)
        return found

    def _texts_in(self, folder: str) -> list[str]:
        return sorted(name for name in self.files if name.startswith(f"{folder}/"))

    def _text(self, kind: type[Shaped], name: str) -> tuple[Source, Shaped | None, str, int]:
        text = self.files[name]
        matter = FRONT_MATTER.match(text)
        if matter is None:
            self.sources[name] = source = Source(self._path(name))
            mend = "Begin with a line `---`, then `name: words` lines, then `---`, then the words."
            source.fault((), "the lines at the top that say what this is are missing", mend)
            return source, None, "", 1
        self.sources[name] = source = read_yaml(file=self._path(name), text=matter[1], first_line=2)
        body_line = text.count("\n", 0, matter.end()) + 1
        body = text[matter.end() :]
        if not body.strip():
            source.faults.append(
                Fault(source.file, body_line, "", "there are no words below the top", "Write some.")
            )
        return source, shape_of(kind, source), body.strip("\n"), body_line + _blank_lines(body)

    def _path(self, name: str) -> str:
        return f"{self.folder}/{name}" if self.folder else name


def _blank_lines(body: str) -> int:
    return len(body) - len(body.lstrip("\n"))
