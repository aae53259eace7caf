"""One document as text: bytes decoded, damage repaired, offsets kept, sentences found."""
