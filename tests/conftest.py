"""Settings of the whole suite: the same examples on every run, and no clock in judgement."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "onrecord", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("onrecord")
