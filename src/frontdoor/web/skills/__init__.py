"""Skills, training and recruitment: pages for who keeps them, and “my training” for everybody."""
