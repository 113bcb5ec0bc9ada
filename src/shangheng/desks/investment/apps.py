"""The investment desk (招商引资)."""

from datetime import time
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from shangheng.core.jobs.run import Run


class InvestmentConfig(AppConfig):
    """Registers the desk with the frame and with the engines below it."""

    name = "shangheng.desks.investment"
    label = "investment"

    def ready(self) -> None:
        """Tell the frame of the desk's pages and lists, the engines of what the desk keeps."""
        from shangheng.core.dictionaries import declaring as dictionaries
        from shangheng.core.ui.menu import Desk, Item, register
        from shangheng.desks.investment.api.registration import register_api

        register(
            Desk(
                code="investment",
                label=_("招商引资"),
                icon="building",
                order=30,
                items=(
                    Item(_("招商项目"), "projects", "investment.view"),
                    Item(_("招商线索"), "leads", "investment.view"),
                    Item(_("企业名录"), "organisations", "registry.view"),
                    Item(_("产业链"), "chains", "investment.view"),
                    Item(_("待办和到期"), "reminders", "investment.view"),
                    Item(_("堵点台账"), "obstacles", "cases.view"),
                    Item(_("会议"), "meetings", "cases.view"),
                    Item(_("载体"), "spaces", "investment.view"),
                    Item(_("落地预测"), "landing-forecast", "investment.view"),
                    Item(_("到资"), "arrivals", "investment.view"),
                    Item(_("报市批次"), "batches", "investment.view"),
                    Item(_("结构性目标"), "structural", "investment.view"),
                    Item(_("承诺履约"), "commitments", "investment.view"),
                    Item(_("招商排名"), "league", "investment.view"),
                    Item(_("招商活动台账"), "efforts", "investment.view"),
                    Item(_("签约和展会"), "events", "investment.view"),
                ),
            )
        )
        self._tell_the_lists()
        dictionaries.register(
            dictionaries.Dictionary(
                "lead_sources",
                _("线索来源"),
                _("登记招商线索时选择，按来源统计成效。"),
                "lead_sources.yaml",
            )
        )
        register_api()
        self._tell_the_engines()
        self._tell_the_reports()
        self._tell_the_target_sheets()
        self._tell_the_jobs()
        self._tell_the_search()
        self._tell_the_administration()

    def _tell_the_lists(self) -> None:
        """The lists of the desk and what can be imported into them."""
        from shangheng.core.imports import registry as tables
        from shangheng.core.lists.registry import register as register_lists
        from shangheng.desks.investment.listings.chains import CHAINS, NODES
        from shangheng.desks.investment.listings.commitments import COMMITMENTS
        from shangheng.desks.investment.listings.credit import EFFORTS, LEAGUE
        from shangheng.desks.investment.listings.events import EVENTS
        from shangheng.desks.investment.listings.forecast import FORECAST
        from shangheng.desks.investment.listings.leads import LEADS
        from shangheng.desks.investment.listings.money import ARRIVALS, BATCHES
        from shangheng.desks.investment.listings.obstacles import OBSTACLES
        from shangheng.desks.investment.listings.organisations import ORGANISATIONS
        from shangheng.desks.investment.listings.progress import PROGRESS
        from shangheng.desks.investment.listings.projects import PROJECTS
        from shangheng.desks.investment.listings.spaces import SPACES
        from shangheng.desks.investment.services.import_chains import TABLE as CHAIN_TABLE
        from shangheng.desks.investment.services.import_milestones import TABLE as MILESTONE_TABLE
        from shangheng.desks.investment.services.import_projects import TABLE as PROJECT_TABLE
        from shangheng.desks.investment.services.import_spaces import TABLE as SPACE_TABLE

        register_lists(PROJECTS, PROGRESS, LEADS, SPACES, OBSTACLES, CHAINS, NODES)
        register_lists(ARRIVALS, BATCHES, LEAGUE, EFFORTS, COMMITMENTS, EVENTS, ORGANISATIONS)
        register_lists(FORECAST)
        for table in (SPACE_TABLE, PROJECT_TABLE, MILESTONE_TABLE, CHAIN_TABLE):
            tables.register(table)

    def _tell_the_engines(self) -> None:
        """What cases are about here, and what follows when two organisations become one."""
        from shangheng.desks.investment.selectors import leads, organisations, projects
        from shangheng.engines.cases.subjects import SubjectKind, register
        from shangheng.engines.registry.relations import Fate, Relation, declare_relation

        register(
            SubjectKind(
                "investment.project", _("招商项目"), projects.project_values, projects.project_url
            )
        )
        register(SubjectKind("investment.lead", _("招商线索"), leads.lead_values, leads.lead_url))
        for field, name in organisations.PARTIES.items():
            label = format_lazy(_("招商项目（{part}）"), part=name)
            declare_relation(Relation("investment.Project", field, Fate.MOVES, label=label))
        declare_relation(Relation("investment.Lead", "investor", Fate.MOVES, label=_("招商线索")))
        declare_relation(Relation("investment.Arrival", "payer", Fate.MOVES, label=_("到资")))
        declare_relation(
            Relation(
                "investment.Stands",
                "organisation",
                Fate.MOVES,
                ("event", "hall"),
                _("展会展位"),
            )
        )
        declare_relation(Relation("investment.Outflow", "payee", Fate.MOVES, label=_("资金流出")))
        for model, label in (("Placement", _("产业链自有企业")), ("Target", _("产业链目标企业"))):
            once = ("node",)
            declare_relation(
                Relation(f"investment.{model}", "organisation", Fate.MOVES, once, label)
            )

    def _tell_the_reports(self) -> None:
        """The tables that reports may print."""
        from shangheng.desks.investment.selectors import reporting
        from shangheng.engines.ledger.sections import Section, register

        latest = reporting.latest
        register(
            Section("investment.projects", _("签约项目表"), _("本期签约的项目：投资方、协议投资额、期末进展，按投资额排列。"),
                    reporting.projects_table, latest),
            Section("investment.money", _("到位资金认定表"), _("待报、已报、认定、拒统各多少，拒统按原因。"),
                    reporting.money_table, latest),
            Section("investment.goals", _("结构性目标表"), _("各类已认定、含待认定、目标和完成率，最后一行每个项目只计一次。"),
                    reporting.goals_table, latest),
            Section("investment.league", _("招商单位成绩表"), _("各单位按分成的到资和签约，与外出考察等工作并列。"),
                    reporting.league_table, latest),
            Section("investment.events", _("招商活动表"), _("本期的签约会、展会、推介会和成果。"),
                    reporting.events_table, latest),
        )  # fmt: skip

    def _tell_the_target_sheets(self) -> None:
        """What the landing forecast offers as growth points."""
        from shangheng.desks.investment.selectors import growth
        from shangheng.desks.investment.selectors.money import CAPITAL
        from shangheng.engines.ledger.expectations import Offer, register

        view, page = "investment.view", "landing-forecast"
        register(
            Offer("investment.money", _("预计到资的项目"), CAPITAL, view, page,
                  growth.money, growth.project_page),
            Offer("investment.starts", _("预计开工的项目"), growth.STARTED, view, page,
                  growth.starts, growth.project_page),
        )  # fmt: skip

    def _tell_the_jobs(self) -> None:
        """What the desk does every night and every morning."""
        from shangheng.core.jobs.registry import Handler, Schedule, register, register_schedule
        from shangheng.desks.investment.services import forecasting

        label = _("招商到期提醒")
        register(Handler("investment.remind", label, _remind))
        register_schedule(
            Schedule("investment.remind", "investment.remind", daily_at=time(7, 40), label=label)
        )
        forecasting.register()

    def _tell_the_search(self) -> None:
        """What the search finds; spaces are seen by all."""
        from shangheng.core.search.declaring import Source, register
        from shangheng.desks.investment.models import Arrival, Lead, Outflow, Project, Space
        from shangheng.desks.investment.selectors import leads, organisations, projects, search
        from shangheng.engines.registry.models import Organisation

        view = "investment.view"
        register(
            Source("projects", _("招商项目"), view, Project,
                   projects.searched, projects.document, order=30),
            Source("leads", _("招商线索"), view, Lead, leads.searched, leads.document, order=31),
            Source("arrivals", _("到资"), view, Arrival,
                   search.arrivals, search.arrival_document, order=32),
            Source("outflows", _("资金流出"), view, Outflow,
                   search.outflows, search.outflow_document, order=33),
            Source("spaces", _("载体"), view, Space,
                   search.spaces, search.space_document, scoped=False, order=34),
            Source(organisations.KIND, _("企业名录"), "registry.view", Organisation,
                   organisations.searched, organisations.document, scoped=False, order=35),
        )  # fmt: skip

    def _tell_the_administration(self) -> None:
        """Where records belong, for “why may I see this”."""
        from shangheng.core.accounts import explain
        from shangheng.desks.investment.selectors import leads, projects, spaces
        from shangheng.desks.investment.urls import urlpatterns

        for kind, label, place_of in (
            ("project", _("招商项目"), projects.place_of),
            ("lead", _("招商线索"), leads.place_of),
            ("space", _("载体"), spaces.place_of),
        ):
            routes = [
                route.name or ""
                for route in urlpatterns
                if str(route.pattern).startswith(f"{kind}s/<int:pk>")
            ]
            explain.register(
                explain.Kind(f"investment.{kind}", label, kind, frozenset(routes), place_of)
            )


def _remind(run: "Run") -> None:
    from shangheng.desks.investment.services.reminders import remind

    remind(at=timezone.now(), go_on=run.check)
