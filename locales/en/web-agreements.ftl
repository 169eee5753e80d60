# Web pages: agreements.
