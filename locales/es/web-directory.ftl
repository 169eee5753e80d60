# Web pages: directory.
