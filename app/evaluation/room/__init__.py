"""The room's own stream: devices, posts, presence, draws and the heads of the other streams.

Law: as the evaluation's, pure functions over frozen data; it knows evaluations only by the names of their streams.
"""
