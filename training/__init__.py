"""Makes the names model that the package ships; see README.md beside this file. Nothing here is installed."""
