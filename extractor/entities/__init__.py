"""Names of places, organizations and persons: segmentation, rules over words, the table of divisions.

Importing this package loads no dictionary: jieba, its Rust port and spaCy are imported when first used.
"""
