"""torch-dreams: no octaves, so all iterations are at full size."""

from torch_dreams import CustomImageParam, Dreamer  # type: ignore[import-not-found]

from bench.peer_runs.job import Plan, enter_job, googlenet, photo, serve


def main(plan: Plan) -> None:
    network, picture = googlenet(), photo()
    dreamer = Dreamer(network, quiet=True, device="cpu")

    def run() -> object:
        # The rates are those its documentation gives for a photo. It would shrink what the network sees at random,
        # to some seven tenths of the pixels that are counted here.
        return dreamer.render(
            layers=[network.get_submodule(plan.layer)],
            image_parameter=CustomImageParam(image=picture, device="cpu"),
            iters=plan.iterations,
            lr=3e-4,
            grad_clip=0.1,
            weight_decay=1e-1,
            scale_min=1.0,
            scale_max=1.0,
        ).to_hwc_tensor()

    serve(run, [plan.full], plan.iterations)


if __name__ == "__main__":
    main(enter_job())
