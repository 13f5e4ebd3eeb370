"""Makes measures.json: five random weighted graphs with the values that NetworkX and igraph compute for them.

    pip install networkx numpy scipy igraph && python tests/data/measures.py > tests/data/measures.json

Weights are 1, 2 and 4, so that lengths 1/weight add up exactly and many ways are equally short; every graph has isolated
nodes and several components.
"""

import json
import math
import random

import igraph
import networkx as nx
import numpy as np


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


def eigenvector(made):
    """Each part by itself; its squares sum to its share of the tied nodes."""
    scores = {node: 0.0 for node in made}
    parts = [part for part in nx.connected_components(made) if len(part) > 1]
    tied = sum(map(len, parts))
    for part in parts:
        # Not the _numpy one, which gives up on small parts; dense and exact.
        nodes = sorted(part)
        values, vectors = np.linalg.eigh(nx.to_numpy_array(made, nodes, weight="weight"))
        vector = np.abs(vectors[:, np.argmax(values)]) * math.sqrt(len(part) / tied)
        if len(part) > 3:
            same = nx.eigenvector_centrality_numpy(made.subgraph(part), weight="weight")
            assert all(abs(same[n] * math.sqrt(len(part) / tied) - v) < 1e-10 for n, v in zip(nodes, vector))
        scores.update(zip(nodes, map(float, vector)))
    return scores


def disparity(made):
    """Serrano et al.: min over both ends of (1 - w/s)^(k - 1), 1 for an end with one tie."""

    def side(node, weight):
        k, s = made.degree(node), made.degree(node, weight="weight")
        return 1.0 if k == 1 else (1 - weight / s) ** (k - 1)

    return [min(side(a, data["weight"]), side(b, data["weight"])) for a, b, data in made.edges(data=True)]


def noise_corrected(made):
    """Coscia & Neffke, on the table with each tie in both directions: score and standard deviation of each tie."""
    rows = []
    total = float(sum(s for _, s in made.degree(weight="weight")))
    for a, b, data in made.edges(data=True):
        w, ni, nj = data["weight"], made.degree(a, weight="weight"), made.degree(b, weight="weight")
        mean = (ni * nj) / total * (1 / total)
        kappa = total / (ni * nj)
        score = (kappa * w - 1) / (kappa * w + 1)
        var_prior = (1 / total**2) * (ni * nj * (total - ni) * (total - nj)) / (total**2 * (total - 1))
        alpha = ((mean**2) / var_prior) * (1 - mean) - mean
        beta = (mean / var_prior) * (1 - mean**2) - (1 - mean)
        alpha_post, beta_post = alpha + w, total - w + beta
        expected = alpha_post / (alpha_post + beta_post)
        var = expected * (1 - expected) * total
        d = 1 / (ni * nj) - total * (ni + nj) / (ni * nj) ** 2
        rows.append((score, math.sqrt(var * ((2 * (kappa + w * d)) / (kappa * w + 1) ** 2) ** 2)))
    return rows


def modularity(made):
    """The best of twenty runs of igraph's Leiden."""
    graph = igraph.Graph.from_networkx(made)
    random.seed(1)
    runs = [graph.community_leiden("modularity", weights="weight", n_iterations=-1).modularity for _ in range(20)]
    parts = [graph.community_leiden("modularity", weights="weight", n_iterations=-1).membership for _ in range(20)]
    return max(runs + [graph.modularity(part, weights="weight") for part in parts])


def fixture(made):
    first = next(iter(made))
    lengths = nx.single_source_dijkstra_path_length(made, first, weight="length")
    hops = nx.single_source_shortest_path_length(made, first)
    excess = noise_corrected(made)
    return {
        "nodes": list(made),
        "edges": [[a, b, data["weight"]] for a, b, data in made.edges(data=True)],
        "scores": {
            "betweenness": nx.betweenness_centrality(made, weight="length", normalized=True),
            "closeness": nx.closeness_centrality(made, distance="length", wf_improved=True),
            "clustering": nx.clustering(made),
            "core": nx.core_number(made),
            "degree": dict(made.degree()),
            "eigenvector": eigenvector(made),
            "harmonic": nx.harmonic_centrality(made, distance="length"),
            "pagerank": nx.pagerank(made, alpha=0.85, weight="weight", tol=1e-14, max_iter=10000),
            "strength": dict(made.degree(weight="weight")),
        },
        "ways": {node: [lengths[node], hops[node]] for node in lengths},
        "ties": {
            "disparity": disparity(made),
            "noise-corrected score": [score for score, _ in excess],
            "noise-corrected deviation": [deviation for _, deviation in excess],
        },
        "figures": {
            "modularity": modularity(made),
            "spanning weight": nx.maximum_spanning_tree(made).size(weight="weight"),
            "spanning ties": nx.maximum_spanning_tree(made).number_of_edges(),
        },
    }


def main():
    shapes = [(1, 12, 14, 1), (2, 20, 30, 2), (3, 40, 60, 3), (4, 60, 200, 2), (5, 30, 25, 4)]
    graphs = [fixture(graph(*shape)) for shape in shapes]
    print("[\n" + ",\n".join(json.dumps(one) for one in graphs) + "\n]")


main()
