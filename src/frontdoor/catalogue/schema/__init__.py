"""The shape of each file of a pack, as pydantic models whose keys are the plain words that authors write.

Shape only: whether a name that is used exists anywhere is a matter of meaning, see `catalogue.meaning`.
"""
