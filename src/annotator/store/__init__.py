"""Where it is kept: the tables of a project, the log of events, and all that uses them."""
