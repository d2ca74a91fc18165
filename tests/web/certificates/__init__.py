"""The pages of certificates, as each role and anyone reads them."""
