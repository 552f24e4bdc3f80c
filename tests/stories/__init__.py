"""Whole evaluations through real processes and sockets, told as stories."""
