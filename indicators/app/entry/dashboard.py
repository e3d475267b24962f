"""The script of `indicators dashboard`, in a folder of its own.

Beside a folder named `pages` Streamlit would run the pages themselves when a server's first visitor names one in the
address, and never the script: no filters, and no question who that visitor is.
"""

from indicators.app.main import main

main()
