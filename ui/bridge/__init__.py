"""Between the link's threads and the windows: messages of `app.link` become signals in the window's thread.

Law: translates and passes on, decides nothing.
"""
