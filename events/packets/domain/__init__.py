"""What a team would pay, what approvals its state asks for, and the paper that says both."""
