"""Where it is kept: the tables of a project, the log of events, and all that uses them.

What only writes (`events`, `projections`, `marks`) is imported by the functions that write: the
coding screen opens by reading alone, and is to be there at once.
"""
