"""dreamlens: no octaves, so all iterations are at full size."""

from dreamlens import FeatureVisualizer, PixelCanvas, RenderConfig  # type: ignore[import-not-found]

from bench.peer_runs.job import Plan, enter_job, googlenet, photo, serve


def main(plan: Plan) -> None:
    network, picture, (height, width) = googlenet(), photo(), plan.full
    visualizer = FeatureVisualizer(network, quiet=True)
    config = RenderConfig(width=width, height=height, steps=plan.iterations)

    def run() -> object:
        canvas = PixelCanvas(picture)
        return visualizer.maximize(plan.layer, config=config, image_parameter=canvas).as_hwc()

    serve(run, [plan.full], plan.iterations)


if __name__ == "__main__":
    main(enter_job())
