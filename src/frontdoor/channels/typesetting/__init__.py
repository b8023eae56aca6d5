"""How a letter gets onto paper: the fonts that cover its letters, its marks, and tagged pages."""
