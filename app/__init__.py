"""Kawei 卡位: the program of the bid-evaluation room. Storeys and their law: README, 'The house'."""
