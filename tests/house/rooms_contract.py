"""The contract of the record's rooms: layers, in which a room that is not named has its place."""

from dataclasses import replace

import grimp
from importlinter.contracts.layers import LayersContract, ModuleTail
from importlinter.domain import fields
from importlinter.domain.contract import ContractCheck


class Rooms(LayersContract):
    """Layers. Who adds a room edits none of them: it stands beside the room that ``beside`` names.

    There it may use every room below, is blind to the others of its layer, and is used by those
    above alone. A room that must stand elsewhere is named in the layers.
    """

    type_name = "rooms"
    beside = fields.StringField()

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        (container,) = (str(one) for one in self.containers)
        named = {tail.name for layer in self.layers for tail in layer.module_tails}
        rooms = {child.rpartition(".")[2] for child in graph.find_children(container)}
        unnamed = {ModuleTail(room) for room in rooms - named}
        self.layers = [
            replace(layer, module_tails=layer.module_tails | unnamed)
            if any(tail.name == self.beside for tail in layer.module_tails)
            else layer
            for layer in self.layers
        ]
        return super().check(graph, verbose)
