# Texts that an import writes into records.
import-corrected-by-dataset = Corrected by the import of a dataset.
import-stated-by-dataset = According to the imported dataset.
import-corrected-by-matrix = Corrected by the import of the follow-up matrix.
import-stated-by-matrix = According to the imported follow-up matrix.
import-undone = The import of the follow-up matrix was undone.
import-session-title = Session of { $day }
import-agreement-title = Agreement { $number }
