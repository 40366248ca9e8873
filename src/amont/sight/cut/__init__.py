"""What enforces: it alone reads the walk and what others state, and cuts each place to what its viewer is given."""
