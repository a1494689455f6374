"""What differs between two editions of a track: fields and parts, word by word."""
