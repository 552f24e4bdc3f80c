"""The consoles: the centre's, the witness's, the regulator's, the tenderee's and the agency's, one window for all.

Law: the view decides what is shown, a console shows what is there and nothing else; incidents first, quiet when all
is well; no modal dialog; never a name, never more of a member at work than 'in progress' or 'ended'. What a person
may do next comes from the view (`todo`, `releases`, `helps`, draws), never from the window's own idea of a role.
"""
