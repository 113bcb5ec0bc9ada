"""Who stands where on the sample year's industry chains, and which enterprises are looked for."""

from collections.abc import Iterator
from datetime import date

from shangheng.config.sample.investment import Event, InvestmentSample, at_noon
from shangheng.config.sample.reading import Row
from shangheng.desks.investment.models import ChainNode
from shangheng.desks.investment.services import chain_targets, chains
from shangheng.engines.registry.services.organisations import put_on_list


class OnChains:
    """Enters it, on one day late in the year, when all that stands there is known."""

    def __init__(self, desk: InvestmentSample) -> None:
        self.desk, self.told = desk, desk.told["on_chains"]
        self.on: date = self.told["day"]

    def events(self) -> Iterator[Event]:
        """One for all."""
        yield at_noon(self.on), "chains", self._enter

    def _enter(self) -> None:
        for row in self.told["enterprises"]:
            self._enterprise(row)
        for row in self.told["projects"]:
            self._project(row)
        for row in self.told["targets"]:
            self._target(row)

    def _node(self, row: Row) -> ChainNode:
        chain, node = row["node"].split(".")
        return ChainNode.objects.get(chain__code=chain, code=node)

    def _enterprise(self, row: Row) -> None:
        chains.place_enterprise(
            actor=self.desk.head,
            at=at_noon(self.on),
            node=self._node(row),
            values={
                "organisation": row["name"],
                "on": self.on,
                "leading": row.get("leading", False),
                "source": row.get("source", self.told["source"]),
            },
            is_sample=True,
        )

    def _project(self, row: Row) -> None:
        plan = self.desk.plan(row["name"])
        chains.position_project(
            actor=self.desk.officers[plan.unit],
            at=at_noon(self.on),
            project=self.desk.projects[plan.name],
            node=self._node(row),
            seen=None,
        )

    def _target(self, row: Row) -> None:
        target = chain_targets.add_target(
            actor=self.desk.head,
            at=at_noon(self.on),
            node=self._node(row),
            organisation=row["name"],
            note=self.told["made_up"],
            is_sample=True,
        )
        for code in row.get("lists", ()):
            put_on_list(
                actor=self.desk.head,
                at=at_noon(self.on),
                organisation=target.organisation,
                code=code,
                year=self.on.year,
                source=self.told["made_up"],
            )
