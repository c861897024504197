"""What goes out and comes in: exports, codings as JSON lines, passages for other programs."""
