"""What every page needs: access, the one commit, forms, errors, security headers, assets."""
