"""Makes the field model's weights anew: ``python -m training.field_model`` (about twenty minutes of one core)."""

from __future__ import annotations

from pathlib import Path

import click

from extractors.engines.field_model import SHIPPED
from training.field_model.composed import composed_examples
from training.field_model.examples import printed_examples
from training.field_model.learning import Learner, ship


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=SHIPPED, help="Where to.  [default: what ships]")
@click.option("--per-family", type=click.IntRange(1), default=5, show_default=True, help="Papers of a fitting family.")
@click.option("--composed", type=click.IntRange(1), default=3000, show_default=True, help="Composed pages.")
@click.option("--steps", type=click.IntRange(1), default=2500, show_default=True)
@click.option("--seed", type=int, default=7, show_default=True)
def main(out: Path, per_family: int, composed: int, steps: int, seed: int) -> None:
    """Learn from invented papers and write the weights. Needs torch 2.13, onnx and onnxscript."""
    examples = [*printed_examples(per_family, seed), *composed_examples(composed, seed)]
    click.echo(f"{len(examples)} examples")
    learner = Learner(examples, seed)
    for step, loss in learner.learn(steps):
        click.echo(f"step {step}: loss {loss:.3f}")
    ship(learner.network, learner.labels, out)
    click.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
