"""Writes what is read from a document as its expectation: ``python -m tests.golden --generate FILE…``.

Read the written file with your own eyes before committing it: a golden test only says that nothing changed.
``--papers`` draws the documents of our own anew (they are committed; the same code gives the same bytes).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.golden.compare import DOCUMENTS, expectation_path, read_plain, write_expectation
from tests.golden.forms import draw_sheet
from tests.golden.scenes import FORM_SCENES, SCENES


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0, or 2 where a file isn't in the documents' folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("--generate", nargs="*", type=Path, metavar="FILE", help="documents to write expectations for")
    parser.add_argument("--papers", action="store_true", help="draw the documents of our own")
    wanted = parser.parse_args(arguments)
    if wanted.papers:
        DOCUMENTS.mkdir(exist_ok=True)
        for name, paper, layout in SCENES:
            (DOCUMENTS / f"{name}.pdf").write_bytes(layout(paper))
        for name, sheet in FORM_SCENES.items():
            (DOCUMENTS / f"{name}.pdf").write_bytes(draw_sheet(sheet))
    for path in wanted.generate or ():
        if path.resolve().parent != DOCUMENTS:
            sys.stderr.write(f"{path} is not in {DOCUMENTS}; copy it there first\n")
            return 2
        write_expectation(expectation_path(path), read_plain(path))
        sys.stderr.write(f"{expectation_path(path).name} written; read it before you commit it\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
