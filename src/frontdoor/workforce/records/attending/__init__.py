"""Who is here: presence, how well the plan was kept to, and what breaks next today."""
