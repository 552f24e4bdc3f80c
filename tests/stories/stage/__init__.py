"""The stage on which stories are played: a room in a process of its own, and machines and people that speak to it.

Its law: everything goes over HTTP and the live stream, as from real machines; only the journal on the disk and the
finished papers are read besides, and only to say what happened. Nothing here decides what is right: the steps do.
"""
