"""Need by skill, settled by the simulation: formulas say how many people an interval needs if everybody could take
everything; the simulation says what comes of that where they cannot, and the need is raised or lowered until it does.

Doors: `pooling` (where it begins), `settling` (the iteration), `writing` (need as a table that the rota reads).
"""
