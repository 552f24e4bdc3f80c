"""Stores for archived packages: a folder, S3, and a scripted one for tests; all three kept to one contract."""
