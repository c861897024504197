"""What is answered: values, answers, records and codings, and whether a coding is complete."""
