"""Files and folders of reports: finding them, running over them, writing what was found."""
