# Web pages: progress.
