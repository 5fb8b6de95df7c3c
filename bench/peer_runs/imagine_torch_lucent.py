"""torch-lucent imagines: its Fourier image in decorrelated colours and its usual transforms."""

import numpy as np
import numpy.typing as npt
from lucent.optvis import param, render  # type: ignore[import-not-found]
from lucent.optvis.objectives import Objective  # type: ignore[import-not-found]
from torch import nn

from bench.peer_runs.imagining import LOGITS, SIZE, enter_job, serve


def main(network: nn.Module) -> None:
    def imagine(index: int, steps: int) -> npt.NDArray[np.float32]:
        pictures = render.render_vis(
            network,
            Objective(lambda outputs: -outputs(LOGITS)[:, index].mean()),
            param_f=lambda: param.image(SIZE, fft=True, decorrelate=True),
            thresholds=(steps,),
            progress=False,
            show_image=False,
        )
        picture: npt.NDArray[np.float32] = pictures[-1][0]
        return picture

    serve(imagine)


if __name__ == "__main__":
    main(enter_job())
