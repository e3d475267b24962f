"""Properties are tried on the same examples in every run; HYPOTHESIS_PROFILE=explore looks for new ones."""

import os
import tempfile

from hypothesis import settings

# What one run keeps must not decide what the next one sees.
_CACHE = tempfile.TemporaryDirectory(prefix="indicators-cache-", ignore_cleanup_errors=True)
os.environ["INDICATORS_CACHE"] = _CACHE.name

settings.register_profile("same", derandomize=True)
settings.register_profile("explore", max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
