# Web pages: commitments.
