"""Makes what ships beside the code: weights learnt from invented papers. Needs torch, which the service never does."""
