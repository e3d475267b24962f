"""Files -> Documents: encodings, plain text, metadata.csv, and guesses from the head of a text."""
