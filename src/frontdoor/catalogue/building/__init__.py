"""From the shapes of a pack's files to the values that the engines run. Conditions are compiled on the way."""
