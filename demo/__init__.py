"""Benchmate without a token: the real bot in a simulated Discord server, shown in a browser page on this machine."""
