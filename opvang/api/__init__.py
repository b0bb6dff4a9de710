"""The API for the back office of one organisator: who calls, its locations, what is free there."""
