"""Makes measures.json: five random weighted graphs with the values that NetworkX computes for them.

    pip install networkx numpy scipy && python tests/data/measures.py > tests/data/measures.json

Weights are 1, 2 and 4, so that lengths 1/weight add up exactly and many ways are equally short; every graph has isolated
nodes and several components.
"""

import json
import random

import networkx as nx


def graph(seed, nodes, edges, parts):
    """A graph of `parts` unconnected groups and three isolated nodes."""
    draw = random.Random(seed)
    made = nx.Graph()
    names = [f"n{number:03}" for number in range(nodes)]
    made.add_nodes_from(names)
    groups = [names[part : nodes - 3 : parts] for part in range(parts)]
    while made.number_of_edges() < edges:
        a, b = draw.sample(draw.choice(groups), 2)
        made.add_edge(a, b, weight=draw.choice([1, 1, 1, 2, 2, 4]))
    for *_, data in made.edges(data=True):
        data["length"] = 1 / data["weight"]
    return made


def fixture(made):
    return {
        "nodes": list(made),
        "edges": [[a, b, data["weight"]] for a, b, data in made.edges(data=True)],
        "degree": dict(made.degree()),
        "strength": dict(made.degree(weight="weight")),
        "pagerank": nx.pagerank(made, alpha=0.85, weight="weight", tol=1e-14, max_iter=10000),
        "betweenness": nx.betweenness_centrality(made, weight="length", normalized=True),
    }


def main():
    shapes = [(1, 12, 14, 1), (2, 20, 30, 2), (3, 40, 60, 3), (4, 60, 200, 2), (5, 30, 25, 4)]
    graphs = [fixture(graph(*shape)) for shape in shapes]
    print("[\n" + ",\n".join(json.dumps(one) for one in graphs) + "\n]")


main()
