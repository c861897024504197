"""The command line: one module per command, each a few lines over the packages below.

Importing any module here loads no database, screen or numpy: every command imports what it needs
when it runs, so that `annotator --help` and the first screen come fast.
"""
