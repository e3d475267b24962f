"""What a text of config.yaml would do to the corpus, worked out in a process of its own: see `desk`, `worker`."""
