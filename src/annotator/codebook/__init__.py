"""What is asked: codebooks, read from YAML files.

`annotator.codebook.reader` reads them, `annotator.codebook.model` says what they hold.
"""
