"""A private place, in the terminal, for the plan that a person leaves a training with."""

__version__ = "0.1.0"
