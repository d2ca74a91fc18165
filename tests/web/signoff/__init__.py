"""The pages of sign-off, as each role reads them."""
