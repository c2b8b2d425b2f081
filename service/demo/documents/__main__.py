"""Writes a set of invented papers and their truth into a folder."""

from __future__ import annotations

import json
from pathlib import Path

import click

from service.demo.documents.layouts import LayoutSet
from service.demo.documents.measuring import INVENTED_KINDS, Order, layout_names, made_papers
from service.demo.documents.scans import ScanFile, ScanKind
from service.domain.documents import DocumentKind

_KINDS = tuple(kind.value for kind in INVENTED_KINDS)
_NO_SCAN = "none"
_USUAL_COUNT = 5


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files and truth.jsonl.")
@click.option(
    "--families",
    "--set",
    "usage",
    type=click.Choice([usage.value for usage in LayoutSet]),
    required=True,
    help="Which families: those of one set share neither layouts nor names with the other's.",
)
@click.option("--kind", "kinds", type=click.Choice(_KINDS), multiple=True, default=_KINDS, help="All without it.")
@click.option("--per-family", type=click.IntRange(1), help="Papers of each family.  [default: 5]")
@click.option("--count", type=click.IntRange(1), help="Papers of each kind instead, families in turn.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--scan",
    type=click.Choice([_NO_SCAN, *(scan.value for scan in ScanKind)]),
    default=_NO_SCAN,
    show_default=True,
    help="As pictures instead of text.",
)
@click.option("--file", type=click.Choice([file.value for file in ScanFile]), default="pdf", help="What scans come as.")
def main(
    out: Path,
    usage: str,
    kinds: tuple[str, ...],
    per_family: int | None,
    count: int | None,
    seed: int,
    scan: str,
    file: str,
) -> None:
    """Write invented papers and truth.jsonl into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    written = 0
    with (out / "truth.jsonl").open("w", encoding="utf-8") as rows:
        for kind in map(DocumentKind, kinds):
            number = count or (per_family or _USUAL_COUNT) * len(layout_names(kind, LayoutSet(usage)))
            look = None if scan == _NO_SCAN else ScanKind(scan)
            for paper in made_papers(Order(kind, LayoutSet(usage), number, seed, look, ScanFile(file))):
                (out / paper.filename).write_bytes(paper.content)
                rows.write(json.dumps(paper.row, ensure_ascii=False) + "\n")
                written += 1
    click.echo(f"{written} papers in {out}")


if __name__ == "__main__":
    main()
