"""What the tests of the deployed stack need of LocalStack and its community edition has not."""
