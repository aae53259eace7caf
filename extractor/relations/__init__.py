"""What the figures mean: role, payer, status, parts and totals, impacts, and the checks on them."""
