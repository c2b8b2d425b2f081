"""How a town is written in the United States: its postcode tells addresses, and dates that begin with the month."""

from __future__ import annotations

_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DC|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|"
    "PA|PR|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY"
)
AMERICAN_TOWN = rf"(?<=[^\W\d_])[,.]{{0,2}}\s(?:{_STATES}),?\s+\d{{5}}(?:-\d{{4}})?\b"  # New York, NY 10001
