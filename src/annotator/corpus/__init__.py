"""What is read: files become reports, reports become passages with exact offsets.

`annotator.corpus.readers` reads files, `cleaning` makes their bytes the stored text, `segmentation`
divides it, and `visible` makes anything from outside safe to show.
"""
