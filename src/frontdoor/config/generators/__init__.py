"""Pages and pictures made from the code, so that they cannot lie. `table.py` lists them."""
