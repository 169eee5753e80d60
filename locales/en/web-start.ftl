# Web pages: start.
