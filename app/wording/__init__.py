"""Findings, codes and values in the reader's language: the only place that forms sentences."""
