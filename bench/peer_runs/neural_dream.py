"""neural-dream: a program whose arguments are read when it is imported."""

import sys
from functools import cache
from types import SimpleNamespace

from bench.peer_runs.job import PHOTO, WEIGHTS, Plan, enter_job, googlenet, serve


def main(plan: Plan) -> None:
    *smaller, _ = plan.sizes
    arguments = {
        "content_image": PHOTO,
        "output_image": "neural-dream.png",
        "image_size": max(plan.full),
        "gpu": "c",
        "model_file": WEIGHTS,
        "model_type": "pytorch",
        "dream_layers": plan.layer,
        "num_iterations": 1,
        "num_octaves": len(plan.sizes),
        "octave_mode": "manual",
        "octave_scale": ",".join(f"{height},{width}" for height, width in smaller),
        # It goes on for as long as the count is not above this: one iteration more than it says.
        "octave_iter": plan.iterations - 1,
    }
    sys.argv = ["neural-dream", *(f"-{name}={value}" for name, value in arguments.items())]
    import neural_dream.neural_dream as program  # type: ignore[import-not-found]
    from neural_dream.neural_dream_core import CaffeLoader  # type: ignore[import-not-found]

    # It would take torchvision's with auxiliary classifiers, whose dropout of later years its list of layers does
    # not know, and fill it with random numbers for a minute before it loads the weights.
    CaffeLoader.models = SimpleNamespace(googlenet=lambda **_: googlenet())
    # The others have their network in memory too; each dream is given a copy of this one.
    program.loadCaffemodel = cache(program.loadCaffemodel)
    serve(program.main, plan.sizes, plan.iterations)


if __name__ == "__main__":
    main(enter_job())
