"""A case opened by its customer: reference and surname, then a code to a phone or address that we know already."""
