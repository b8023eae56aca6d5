"""Tools of the checkout: its environment, its checks, its data. Nothing here is part of the running platform."""
