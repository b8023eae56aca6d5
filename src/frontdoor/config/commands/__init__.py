"""Commands that start, stop and prepare the installation; the others are in `frontdoor.jobs.commands`."""
