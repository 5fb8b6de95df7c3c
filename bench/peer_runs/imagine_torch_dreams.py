"""torch-dreams imagines: its own image parameter, rates and transforms, as its documentation has them."""

import numpy as np
import numpy.typing as npt
from torch import Tensor, nn
from torch_dreams import AutoImageParam, Dreamer  # type: ignore[import-not-found]

from bench.peer_runs.imagining import LOGITS, SIZE, enter_job, serve


def main(network: nn.Module) -> None:
    dreamer = Dreamer(network, quiet=True, device="cpu")

    def imagine(index: int, steps: int) -> npt.NDArray[np.float32]:
        def loss(outputs: list[Tensor]) -> Tensor:
            return -outputs[0][:, index].mean()

        rendered = dreamer.render(
            layers=[network.get_submodule(LOGITS)],
            image_parameter=AutoImageParam(height=SIZE, width=SIZE, device="cpu", standard_deviation=0.01),
            iters=steps,
            custom_func=loss,
        )
        picture: npt.NDArray[np.float32] = rendered.to_hwc_tensor().numpy()
        return picture

    serve(imagine)


if __name__ == "__main__":
    main(enter_job())
