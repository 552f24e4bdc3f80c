"""Slips: `pdf` sets them as a small PDF and hands it to a print queue, `scripted` only remembers them."""
