"""The dashboard: `streamlit run dashboard.py`."""

from indicators.app.main import main

main()
