"""dreamlens imagines: maximisation of a class's logit, with everything else as it comes."""

import numpy as np
import numpy.typing as npt
from dreamlens import FeatureVisualizer, channel_objective  # type: ignore[import-not-found]
from torch import nn

from bench.peer_runs.imagining import LOGITS, SIZE, enter_job, serve


def main(network: nn.Module) -> None:
    visualizer = FeatureVisualizer(network, quiet=True)

    def imagine(index: int, steps: int) -> npt.NDArray[np.float32]:
        rendered = visualizer.synthesize(
            [LOGITS], width=SIZE, height=SIZE, iters=steps, custom_func=channel_objective(index)
        )
        picture: npt.NDArray[np.float32] = np.asarray(rendered.as_hwc())
        return picture

    serve(imagine)


if __name__ == "__main__":
    main(enter_job())
