"""torch-lucent: no octaves, and it starts from noise of its own."""

from lucent.optvis import param, render  # type: ignore[import-not-found]
from lucent.optvis.objectives import Objective  # type: ignore[import-not-found]

from bench.peer_runs.job import Plan, enter_job, googlenet, serve


def main(plan: Plan) -> None:
    network, (height, width) = googlenet(), plan.full
    objective = Objective(lambda outputs: -outputs(plan.layer).square().mean())

    def run() -> object:
        return render.render_vis(
            network,
            objective,
            param_f=lambda: param.image(width, height),
            thresholds=(plan.iterations,),
            progress=False,
            show_image=False,
            # It pads the picture, and would show the network more than is counted here.
            fixed_image_size=plan.full,
        )

    serve(run, [plan.full], plan.iterations)


if __name__ == "__main__":
    main(enter_job())
