"""What an evaluation is judged by and about: rule set, tender, lots, bids. Plain frozen data, read strictly,
validated with places, hashed. Law: plain Python, no other package of the project."""
