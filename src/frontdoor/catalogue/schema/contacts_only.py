"""contacts-only.yaml: services of ours that have no pack yet; people ask about them and advisors answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from frontdoor.catalogue.schema.base import Shape
from frontdoor.catalogue.schema.service import Channel, Provider, Sensitivity, WindowsShape
from frontdoor.catalogue.schema.words import OneOrMore, Pence, PlainName, ServiceId, Words, known_word


class AskedShape(Shape):
    """One thing people ask about, and how they say it."""

    title: Words
    phrases: OneOrMore[Words]
    keywords: tuple[Words, ...] = ()


class ContactServiceShape(Shape):
    """One service that only takes contacts; the words mean what they mean in a pack's service.yaml."""

    name: Words
    summary: Words
    owner: Words
    lgsl: Annotated[int, Field(ge=1, le=99999)] | None = None
    provided_by: Annotated[Provider, known_word(Provider)]
    sensitivity: Annotated[Sensitivity, known_word(Sensitivity)] = Sensitivity.ORDINARY
    channels: OneOrMore[Annotated[Channel, known_word(Channel)]]
    skills: tuple[Words, ...] = ()
    unit_costs: dict[Annotated[Channel, known_word(Channel)], Pence] = Field(default_factory=dict)
    windows: WindowsShape = WindowsShape()
    enquiries: Annotated[dict[PlainName, AskedShape], Field(min_length=1)]


class ContactsOnlyShape(Shape):
    """The whole of contacts-only.yaml: services by their id."""

    services: Annotated[dict[ServiceId, ContactServiceShape], Field(min_length=1)]
