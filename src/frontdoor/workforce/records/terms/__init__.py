"""On what terms people work: contracts by hours and days, fixed shifts, when we are open."""
