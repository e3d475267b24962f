"""How the pipeline is run over many documents."""
