"""The inverse question: which rankings make a state stable, how many there are, and which order of statements is nearest."""

from __future__ import annotations

from offramp.analysis.inverse.aim import Aim
from offramp.analysis.inverse.answer import Inverse, Part, inverse, places_of
from offramp.analysis.inverse.attain import concerning, is_attainable, own_ranking
from offramp.analysis.inverse.condition import Condition, Demand, condition
from offramp.analysis.inverse.count import Count, num_arrangements, num_rankings
from offramp.analysis.inverse.exist import Existence, Need, strict_ranking
from offramp.analysis.inverse.joint import num_profiles
from offramp.analysis.inverse.orders import NearestOrders, Order, nearest_orders
from offramp.analysis.inverse.rankings import NearestRankings, Reranking, nearest_rankings

__all__ = [
    "Aim",
    "Condition",
    "Count",
    "Demand",
    "Existence",
    "Inverse",
    "NearestOrders",
    "NearestRankings",
    "Need",
    "Order",
    "Part",
    "Reranking",
    "concerning",
    "condition",
    "inverse",
    "is_attainable",
    "nearest_orders",
    "nearest_rankings",
    "num_arrangements",
    "num_profiles",
    "num_rankings",
    "own_ranking",
    "places_of",
    "strict_ranking",
]
