"""`python -m tools.clean_data`: removes the embedded database and the development secret."""

import shutil
import sys

from tools.common import DATA, POSTGRES_HOME, ToolError
from tools.data_folder import claimed
from tools.embedded_postgres import EmbeddedPostgres


def main() -> None:
    """Remove .data; exit with one line while a server uses it."""
    try:
        with claimed("`make clean-data`"):
            EmbeddedPostgres(POSTGRES_HOME).remove()
            shutil.rmtree(DATA)
    except ToolError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"Cannot remove {error.filename}: {error.strerror}.")


if __name__ == "__main__":
    main()
