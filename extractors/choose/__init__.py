"""Candidates with evidence, and the joint choice among them; pure."""
