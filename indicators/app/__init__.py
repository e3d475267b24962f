"""The dashboard: Streamlit pages over the tables."""
