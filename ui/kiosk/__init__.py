"""The kiosk at the door: who is it, where does the phone lie, which seat; and the way out again.

Law: one instruction at a time; never a project, a bidder or another person; what comes next is the room's answer
(`next` of a look-up), never the kiosk's own idea. Devices are ports, asked beside the window's thread.
"""
