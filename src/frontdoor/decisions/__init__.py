"""Decisions: weigh every criterion on the facts and the evidence, and say what follows and why.

Words: *criterion* (met, not met, not known), *group* (any or all of its criteria), *outcome*, *reason*,
*sheet*. Doors: `definition` (what a decision is), `weighing` (facts and evidence in, sheet out). Software
never refuses: an outcome that the engine may choose is either clear in the customer's favour or goes to a
person.
"""
