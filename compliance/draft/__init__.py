"""A draft checked: its claims, the nearest true text, the report."""
