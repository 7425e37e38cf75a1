"""The stand-in's web page: what a member sees of the workspace, and the hands to act in it."""
