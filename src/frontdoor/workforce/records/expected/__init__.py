"""What is expected: known events, forecasts as published, and the rest of today from what came so far."""
