"""Chooses what statements, reminders, payout reports and remittance advices say: their balances and their lines."""
