"""What each part of the demand adds to a dossier and to a parent's page: read, never written."""
