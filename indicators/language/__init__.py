"""Documents -> quantities: reading numbers, units, periods and places of Chinese prose."""
