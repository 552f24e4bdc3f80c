"""The pages of a console, one file each. Law: a page reads the sight and sends acts; pages do not know each other."""
