"""Turn reports of killings into coded data that can be checked."""

__version__ = "0.1.0"
