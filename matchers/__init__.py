"""Extraction and records in, matches and discrepancies out; nothing here touches disk, network or clock."""
