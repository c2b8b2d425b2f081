"""Several documents in one file: where each of them begins, told by its pages alone; pure."""
