"""Calls of ours at a time that the customer chose: which times are free, booking, changing and cancelling one, what the
customer is told and reminded of, ringing them, and what a planner says about the room there is.

The pack says how long a call of its service is and which skills it needs (`phone appointments`), the council and the pack
when we are open, and planners how many may run at once.
"""
