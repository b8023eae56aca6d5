"""The advisor's desk: one screen from the first word of a call to its end, by keyboard alone where wanted."""
