"""What people take from meetings, and the lessons that partnerships share with others."""
