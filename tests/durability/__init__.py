"""What must survive crowds, crashes and full disks."""
