"""The widgets of the screens: all paint prepared lines, and only the lines that changed."""
