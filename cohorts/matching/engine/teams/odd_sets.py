"""Odd sets of which a fractional pairing has too much: the cuts that make it whole."""

import numpy as np

_SCALE = 10**6
_VIOLATED = 1e-4


def violated(
    teams: int, pairs: np.ndarray, share: np.ndarray, alone: np.ndarray
) -> list[np.ndarray]:
    """Return odd sets S with more than (|S| - 1) / 2 pairs inside; none if there is none.

    ``share`` says how far each of the ``pairs`` is made, ``alone`` how far each team is without.
    First the odd pieces into which the pairing falls, found at a glance; only when all of them
    are kept, the smallest odd cuts of the whole (Padberg and Rao): then the answer is exact.
    """
    part = (share > _VIOLATED) & (share < 1 - _VIOLATED)
    inner, weight = pairs[part], share[part]
    found: dict[bytes, np.ndarray] = {}
    for least in (_VIOLATED, 0.2, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7):
        for piece in _pieces(teams, inner[weight > least]):
            if len(piece) % 2 and _inside(piece, inner, weight) > (len(piece) - 1) / 2 + _VIOLATED:
                found[piece.tobytes()] = piece
    for piece in () if found else _pieces(teams, inner):
        for cut in _odd_cuts(piece, inner, weight, alone):
            found[np.sort(cut).tobytes()] = cut
    return list(found.values())


def _pieces(teams: int, pairs: np.ndarray) -> list[np.ndarray]:
    """Return the sets of three and more into which these pairs tie the teams."""
    from scipy.sparse import csr_array  # noqa: PLC0415  (half a second)
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    graph = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(teams, teams))
    number, label = connected_components(graph, directed=False)
    order = np.argsort(label, kind="stable")
    pieces = np.split(order, np.cumsum(np.bincount(label, minlength=number))[:-1])
    return [piece for piece in pieces if len(piece) > 2]  # noqa: PLR2004  (the smallest odd set)


def _inside(piece: np.ndarray, pairs: np.ndarray, share: np.ndarray) -> float:
    within = np.isin(pairs[:, 0], piece) & np.isin(pairs[:, 1], piece)
    return float(share[within].sum())


def _odd_cuts(
    piece: np.ndarray, pairs: np.ndarray, share: np.ndarray, alone: np.ndarray
) -> list[np.ndarray]:
    """Return the odd sets in a piece that less than one leaves, among its smallest cuts."""
    from scipy.sparse import csr_array  # noqa: PLC0415  (half a second)
    from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415

    place = {int(team): i for i, team in enumerate(piece)}
    rest = len(piece)  # stands for being alone
    inside = [
        (place[int(a)], place[int(b)], x)
        for (a, b), x in zip(pairs, share, strict=True)
        if int(a) in place
    ]
    inside += [
        (i, rest, float(alone[team])) for team, i in place.items() if alone[team] > _VIOLATED
    ]
    size = rest + 1
    rows = [a for a, _, _ in inside] + [b for _, b, _ in inside]
    columns = [b for _, b, _ in inside] + [a for a, _, _ in inside]
    room = np.array([round(x * _SCALE) for _, _, x in inside] * 2, dtype=np.int32)
    graph = csr_array((room, (rows, columns)), shape=(size, size))
    tree = [rest] * size  # Gusfield's tree of smallest cuts, rooted at being alone
    for one in range(rest):
        other = tree[one]
        side = _reachable(graph - maximum_flow(graph, one, other).flow, one)
        for i in np.flatnonzero(side).tolist():
            if i != one and tree[i] == other:
                tree[i] = one
        if side[tree[other]]:
            tree[one], tree[other] = tree[other], one
    return [piece[below] for below in _branches(tree, rest) if _too_full(below, inside)]


def _branches(tree: list[int], root: int) -> list[np.ndarray]:
    """Return what hangs at each branch, if it is odd."""
    below: dict[int, list[int]] = {}
    for i in range(root):
        at = i
        while at != root:
            below.setdefault(at, []).append(i)
            at = tree[at]
    return [np.array(each) for each in below.values() if len(each) % 2 and len(each) > 1]


def _too_full(members: np.ndarray, inside: list[tuple[int, int, float]]) -> bool:
    its = set(members.tolist())
    within = sum(x for a, b, x in inside if a in its and b in its)
    return within > (len(its) - 1) / 2 + _VIOLATED


def _reachable(residual: object, start: int) -> np.ndarray:
    from scipy.sparse import csr_array  # noqa: PLC0415  (half a second)
    from scipy.sparse.csgraph import breadth_first_order  # noqa: PLC0415

    left = csr_array(residual)
    left.data = np.maximum(left.data, 0)
    left.eliminate_zeros()
    order = breadth_first_order(left, start, return_predecessors=False)
    side = np.zeros(left.shape[0], dtype=bool)
    side[order] = True
    return side
