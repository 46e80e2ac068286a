"""What happens in the golden cases: one file a scene, each with a `scene(camera)`."""
