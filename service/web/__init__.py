"""The web edge: pages for people and the HTTP API for programs."""
