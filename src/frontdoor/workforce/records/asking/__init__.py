"""What advisors ask for and see of their own: swaps, leave, the calendar feed, their figures."""
