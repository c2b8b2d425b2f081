"""How a town is written in the United States: its postcode tells addresses, and dates that begin with the month."""

from __future__ import annotations

_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DC|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|"
    "PA|PR|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY"
)
_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Iowa|Idaho|Illinois|"
    "Indiana|Kansas|Kentucky|Louisiana|Massachusetts|Maryland|Maine|Michigan|Minnesota|Missouri|Mississippi|Montana|"
    "Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|"
    "Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|"
    "West Virginia|Wisconsin|Wyoming"
)
AMERICAN_TOWN = (
    rf"(?<=[^\W\d_])[,.]{{0,2}}\s(?:{_STATES}|{_STATE_NAMES}),?\s+\d{{5}}(?:-\d{{4}})?\b"  # New York, NY 10001
)
