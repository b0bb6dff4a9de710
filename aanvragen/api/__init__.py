"""The API for the back office of one organisator: the families that ask, and its answers."""
