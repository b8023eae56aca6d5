"""Services that only take contacts: one file beside the packs, read and checked like them.

A service starts here and gets a folder of its own, under the same id, once it has a form.
"""

from __future__ import annotations

from pathlib import Path

from frontdoor.catalogue.faults import Fault
from frontdoor.catalogue.folder import normalised
from frontdoor.catalogue.pack import ContactService, Enquiry
from frontdoor.catalogue.reading import Source, read_yaml
from frontdoor.catalogue.schema.contacts_only import ContactServiceShape, ContactsOnlyShape
from frontdoor.catalogue.shaping import shape_of

FILE = "contacts-only.yaml"
ADVISOR = "advisor"


def read_contacts_only(folder: Path) -> tuple[dict[str, ContactService], list[Fault]]:
    """The services that only take contacts, by id, and the faults in their file; none where there is no such file."""
    path = folder / FILE
    if not path.is_file():
        return {}, []
    source = _read(path)
    shape = shape_of(ContactsOnlyShape, source)
    if shape is None:
        return {}, source.faults
    for name in shape.services:
        if (folder / name).is_dir():
            source.fault(("services", name), f'"{name}" has a pack of its own', "Take it out of this file.")
    if source.faults:
        return {}, source.faults
    return {name: _service(name, each) for name, each in shape.services.items()}, []


def _read(path: Path) -> Source:
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        fault = Fault(str(path), 0, "", "the file is not UTF-8 text", "Save it again as UTF-8.")
        return Source(str(path), faults=[fault])
    return read_yaml(file=str(path), text=normalised(text))


def _service(name: str, shape: ContactServiceShape) -> ContactService:
    return ContactService(
        id=name,
        name=shape.name,
        summary=shape.summary,
        owner=shape.owner,
        lgsl=shape.lgsl,
        provided_by=shape.provided_by,
        sensitivity=shape.sensitivity,
        channels=shape.channels,
        skills=shape.skills,
        unit_costs=shape.unit_costs,
        windows=shape.windows.model_dump(exclude_none=True),
        enquiries={
            asked: Enquiry(f"{name}/{asked}", each.title, ADVISOR, None, each.phrases, each.keywords)
            for asked, each in shape.enquiries.items()
        },
    )
