"""Scanning files for viruses: the port in `scanner`, ClamAV as its adapter, and a plain 'not scanned'
without one.
"""
