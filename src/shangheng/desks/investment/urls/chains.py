"""Chains, their nodes, and what stands on them."""

from django.urls import path

from shangheng.core.imports.urls import import_pages
from shangheng.desks.investment.views import chain_nodes, chains

urlpatterns = [
    path("chains/", chains.chain_list, name="chains"),
    path("chains/new/", chains.chain_new, name="chain-new"),
    path("chains/load/", chains.chain_load, name="chain-load"),
    path("chains/<int:pk>/", chains.chain_page, name="chain"),
    path("chains/<int:pk>/edit/", chains.chain_edit, name="chain-edit"),
    path("chains/<int:pk>/nodes/new/", chains.node_new, name="chain-node-new"),
    path("chains/nodes/", chains.node_list, name="chain-nodes"),
    *import_pages(
        code="chains", permission="investment.edit", at="chains/nodes/import/", name="chain-import"
    ),
    path("chains/nodes/<int:pk>/", chain_nodes.node_page, name="chain-node"),
    path("chains/nodes/<int:pk>/edit/", chains.node_edit, name="chain-node-edit"),
    path("chains/nodes/<int:pk>/remove/", chain_nodes.node_remove, name="chain-node-remove"),
    path("chains/nodes/<int:pk>/place/", chain_nodes.placement_new, name="placement-new"),
    path("chains/nodes/<int:pk>/target/", chain_nodes.target_new, name="target-new"),
    path(
        "chains/placements/<int:pk>/take-back/",
        chain_nodes.placement_take_back,
        name="placement-take-back",
    ),
    path("chains/targets/<int:pk>/drop/", chain_nodes.target_drop, name="target-drop"),
    path("chains/targets/<int:pk>/lead/", chain_nodes.target_lead, name="target-lead"),
    path("projects/<int:pk>/chain/", chain_nodes.project_chain, name="project-chain"),
]
