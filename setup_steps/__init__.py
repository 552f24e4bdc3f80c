"""What a fresh machine needs before Kawei runs: the steps of `make setup`, never imported by the product.

Law: each step is a script of its own (`python -m setup_steps.fonts`); make decides whether it must run. It
writes a result whole or not at all and takes what it needs from installed packages, never from the net.
"""
