"""Writes a set of invented papers and their truth into a folder."""

from __future__ import annotations

import json
from pathlib import Path

import click

from service.demo.documents.layouts import LayoutSet
from service.demo.documents.measuring import INVENTED_KINDS, Order, made_papers
from service.demo.documents.scans import ScanFile, ScanKind
from service.domain.documents import DocumentKind


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files and truth.jsonl.")
@click.option("--kind", type=click.Choice([kind.value for kind in INVENTED_KINDS]), required=True)
@click.option(
    "--set", "usage", type=click.Choice([usage.value for usage in LayoutSet]), required=True, help="Which layouts."
)
@click.option("--count", type=click.IntRange(1), default=50, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--scan", type=click.Choice([scan.value for scan in ScanKind]), help="As pictures instead of text.")
@click.option("--file", type=click.Choice([file.value for file in ScanFile]), default="pdf", help="What scans come as.")
def main(out: Path, kind: str, usage: str, count: int, seed: int, scan: str | None, file: str) -> None:
    """Write COUNT papers and truth.jsonl into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    order = Order(DocumentKind(kind), LayoutSet(usage), count, seed, ScanKind(scan) if scan else None, ScanFile(file))
    with (out / "truth.jsonl").open("w", encoding="utf-8") as rows:
        for paper in made_papers(order):
            (out / paper.filename).write_bytes(paper.content)
            rows.write(json.dumps(paper.row, ensure_ascii=False) + "\n")
    click.echo(f"{count} papers in {out}")


if __name__ == "__main__":
    main()
