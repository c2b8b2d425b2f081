"""The vocabulary of the business: frozen values and pure functions, standard library only."""
