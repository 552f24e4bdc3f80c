"""PDFium in a process of its own. Law: what comes from outside is opened there and nowhere else.

A bid's PDF is written by a stranger. `child` opens, paints and searches it with limits on memory and files; `owner`
starts that process, tells it what is wanted, ends it when it hangs and starts it anew when it dies. Between them go
JSON headers with raw bytes, nothing that is executed; a document is handed over as an open file, not copied.
"""
