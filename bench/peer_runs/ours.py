"""The engine's whole dream, with everything as a user gets it but the network and the number of octaves."""

import numpy as np
import numpy.typing as npt

from bench.peer_runs.job import Plan, enter_job, googlenet, photo, serve
from bench.speed import _described
from inceptionist_gui.engine.dream import dream
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.recipe import LayerGoal, Recipe, Scale, Strength


def main(plan: Plan) -> None:
    network = LoadedNetwork.of(_described(), googlenet())
    pixels = np.ascontiguousarray(photo()[0].permute(1, 2, 0).numpy())
    recipe = Recipe(
        goals=(LayerGoal(layer=plan.layer),),
        size=max(plan.full),
        strength=Strength(iterations=plan.iterations),
        scale=Scale(octaves=len(plan.sizes)),
    )

    def run() -> npt.NDArray[np.uint8]:
        *_, last = dream(pixels, recipe, network)
        assert last.done == 1.0
        return last.pixels()

    serve(run, plan.sizes, plan.iterations)


if __name__ == "__main__":
    main(enter_job())
