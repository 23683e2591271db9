"""The sandbox's own controls for machines: /faults, to plan what goes wrong and see what did."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from sandbox.faults import BadPlan, read_plan
from sandbox.guard import json_only
from sandbox.world import SandboxWorld


def faults_door(world: SandboxWorld) -> Blueprint:
    """GET shows what is left and what fired, POST adds a list (`?replace=1`: instead), DELETE clears."""
    door = Blueprint("faults", __name__)
    door.before_request(json_only)

    @door.get("/faults")
    def show() -> Response:
        return jsonify(world.plan.as_json())

    @door.post("/faults")
    def add() -> tuple[Response, int]:
        try:
            faults = read_plan(request.get_json(silent=True))
        except BadPlan as bad:
            return jsonify(error=str(bad)), 400
        if request.args.get("replace"):
            world.plan.clear()
        world.plan.add(faults)
        return jsonify(world.plan.as_json()), 201

    @door.delete("/faults")
    def clear() -> Response:
        world.plan.clear()
        return jsonify(world.plan.as_json())

    return door
