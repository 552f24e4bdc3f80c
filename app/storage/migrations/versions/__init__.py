"""One file for each version, `vNNNN_what.py`."""
