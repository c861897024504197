"""How a person likes to work: the fields of the config file, and the file itself."""
