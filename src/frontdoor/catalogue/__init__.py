"""The council's services as data: packs are read, checked, versioned and handed on as values the engines run.

A *pack* is the folder that describes one service (`docs/writing-a-pack.md` is its format). Doors: `loading` (a folder
or stored texts in, a frozen `pack.Pack` or its `faults` out), `examples` (a pack's own tests), `words` (its templates
filled), `calculators` (what packs may have worked out by code), `reference` (schemas and pages written from packs),
`places` and `council` (the council itself and its streets).
"""
