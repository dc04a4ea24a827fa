"""The screens of the app; each asks a service and draws what it says."""
