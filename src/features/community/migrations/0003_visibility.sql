-- Between members (1) and staff (until now 2) there are the members of the superuser programme.
UPDATE space SET visibility = 3 WHERE visibility = 2;
