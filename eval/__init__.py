"""Evaluation: how right the statements are, beside a baseline, and a gate that holds the figures.

In: corpora kept outside the project, and whatever predicts attributions. Out: tables and JSON.
Run as `python -m eval`. It imports onrecord; nothing imports it.
"""
