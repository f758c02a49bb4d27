"""What people see of it: the start page, the choice of a person, and good-bye."""
