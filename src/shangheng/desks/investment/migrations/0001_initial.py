import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shangheng.core.database.together import Together


class Migration(migrations.Migration):
    replaces = [
        ("investment", "0001_leads_and_projects"),
        ("investment", "0002_spaces"),
        ("investment", "0003_counting_and_disputes"),
        ("investment", "0004_money_in_place"),
        ("investment", "0005_structural_goals"),
        ("investment", "0007_versions"),
        ("investment", "0008_places_and_chains"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("cases", "0001_cases"),
        ("evidence", "0001_documents"),
        ("ledger", "0001_initial"),
        ("registry", "0001_organisations"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="Arrival",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("paid_on", models.DateField(verbose_name="日期")),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=6, max_digits=18, verbose_name="金额"
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                choices=[
                                    ("CNY", "人民币"),
                                    ("USD", "美元"),
                                    ("EUR", "欧元"),
                                    ("HKD", "港元"),
                                    ("JPY", "日元"),
                                    ("GBP", "英镑"),
                                ],
                                default="CNY",
                                max_length=3,
                                verbose_name="币种",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                        (
                            "entered_at",
                            models.DateTimeField(editable=False, verbose_name="登记时间"),
                        ),
                        ("taken_back_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "taken_back_why",
                            models.CharField(blank=True, editable=False, max_length=300),
                        ),
                        ("is_sample", models.BooleanField(default=False, editable=False)),
                        ("kind", models.CharField(max_length=40, verbose_name="凭证种类")),
                        (
                            "number",
                            models.CharField(blank=True, max_length=60, verbose_name="凭证号"),
                        ),
                        ("number_key", models.CharField(blank=True, editable=False, max_length=60)),
                        (
                            "cumulated_from",
                            models.DateField(blank=True, null=True, verbose_name="累计起算日"),
                        ),
                        (
                            "rate",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=14,
                                null=True,
                                verbose_name="汇率",
                            ),
                        ),
                        (
                            "rate_on",
                            models.DateField(blank=True, null=True, verbose_name="汇率日期"),
                        ),
                        ("industrial", models.BooleanField(default=True, verbose_name="投向产业")),
                        (
                            "counted",
                            models.DecimalField(decimal_places=6, editable=False, max_digits=18),
                        ),
                        (
                            "counted_cny",
                            models.DecimalField(decimal_places=10, editable=False, max_digits=22),
                        ),
                        (
                            "doubt_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="有疑点仍登记的理由"
                            ),
                        ),
                        (
                            "documents",
                            models.ManyToManyField(
                                editable=False, related_name="+", to="evidence.document"
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "industrial_posting",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.posting",
                            ),
                        ),
                        (
                            "payer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.organisation",
                                verbose_name="付款方",
                            ),
                        ),
                        (
                            "posting",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="arrival",
                                to="ledger.posting",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="investment.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-paid_on", "-pk"],
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["project", "paid_on"], name="investment_arrival_project"
                            ),
                            models.Index(
                                fields=["paid_on", "amount"], name="investment_arrival_payment"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("number_key", ""), _negated=True),
                                    ("taken_back_at", None),
                                ),
                                fields=("kind", "number_key"),
                                name="investment_voucher_once",
                                violation_error_message="这张凭证已经用过；一张凭证只计一次。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="investment_arrival_positive",
                                violation_error_message="金额要大于0。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("currency", "CNY"), ("rate", None), ("rate_on", None)
                                    ),
                                    models.Q(
                                        models.Q(("currency", "CNY"), _negated=True),
                                        ("rate__gt", 0),
                                        ("rate_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="investment_arrival_rate",
                                violation_error_message="外币要填汇率和汇率日期，人民币不填。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("counted__gte", 0),
                                    ("counted__lte", models.F("amount")),
                                    ("counted_cny__gte", 0),
                                ),
                                name="investment_arrival_counted",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="批次名称")),
                        ("note", models.CharField(blank=True, max_length=400, verbose_name="说明")),
                        ("submitted_at", models.DateTimeField(verbose_name="报出时间")),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "arrivals",
                            models.ManyToManyField(
                                related_name="batches",
                                through="investment.BatchItem",
                                to="investment.arrival",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="BatchItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=10, max_digits=22)),
                        ("again", models.BooleanField(default=False)),
                        (
                            "arrival",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="investment.arrival",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="investment.batch",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "arrival"), name="investment_batch_item_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Chain",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("source", models.CharField(max_length=300, verbose_name="来源")),
                        ("verified", models.BooleanField(default=False, verbose_name="已核实")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(editable=False, verbose_name="登记时间"),
                        ),
                        ("is_sample", models.BooleanField(default=False, editable=False)),
                        (
                            "code",
                            models.SlugField(max_length=30, unique=True, verbose_name="产业链编号"),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="产业链名称")),
                        (
                            "tier",
                            models.CharField(
                                blank=True,
                                choices=[("1", "“1”"), ("3", "“3”"), ("N", "“N”")],
                                max_length=1,
                                verbose_name="层级",
                            ),
                        ),
                        (
                            "about",
                            models.TextField(blank=True, max_length=1000, verbose_name="说明"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["tier", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="ChainNode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("source", models.CharField(max_length=300, verbose_name="来源")),
                        ("verified", models.BooleanField(default=False, verbose_name="已核实")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(editable=False, verbose_name="登记时间"),
                        ),
                        ("is_sample", models.BooleanField(default=False, editable=False)),
                        ("code", models.SlugField(max_length=30, verbose_name="节点编号")),
                        ("name", models.CharField(max_length=60, verbose_name="节点名称")),
                        ("link", models.CharField(max_length=40, verbose_name="环节")),
                        ("place", models.PositiveSmallIntegerField(verbose_name="环节次序")),
                        (
                            "upstream",
                            models.CharField(blank=True, max_length=400, verbose_name="上游节点"),
                        ),
                        (
                            "industry",
                            models.CharField(blank=True, max_length=5, verbose_name="行业"),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                        (
                            "chain",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nodes",
                                to="investment.chain",
                                verbose_name="产业链",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["chain", "place", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("chain", "code"),
                                name="investment_node_once",
                                violation_error_message="这条产业链里已经有这个节点编号。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place__gte", 1), ("place__lte", 12)),
                                name="investment_node_place",
                                violation_error_message="环节次序是1到12，1是最上游。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("since", None),
                                    ("until", None),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="investment_node_days",
                                violation_error_message="停用日期不能早于启用日期。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Commitment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("investor", "投资方"), ("district", "区里")],
                                max_length=10,
                                verbose_name="承诺方",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("investment", "投资额"),
                                    ("tax", "税收"),
                                    ("jobs", "就业"),
                                    ("date", "节点"),
                                    ("land", "用地"),
                                    ("support", "扶持资金"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="事项",
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="条款内容")),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="承诺数",
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("亿元", "亿元"),
                                    ("万元", "万元"),
                                    ("人", "人"),
                                    ("亩", "亩"),
                                ],
                                max_length=6,
                                verbose_name="单位",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
                        (
                            "review",
                            models.CharField(
                                choices=[
                                    ("not_needed", "不涉及"),
                                    ("pending", "未审查"),
                                    ("passed", "通过"),
                                    ("changed", "修改后通过"),
                                    ("failed", "不通过"),
                                ],
                                default="pending",
                                editable=False,
                                max_length=12,
                                verbose_name="公平竞争审查",
                            ),
                        ),
                        ("reviewed_on", models.DateField(editable=False, null=True)),
                        (
                            "review_note",
                            models.CharField(blank=True, editable=False, max_length=300),
                        ),
                        ("entered_at", models.DateTimeField(editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("taken_back_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "taken_back_why",
                            models.CharField(blank=True, editable=False, max_length=300),
                        ),
                        ("is_sample", models.BooleanField(default=False, editable=False)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "review_document",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.document",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="investment.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "pk"],
                        "indexes": [models.Index(fields=["due_on"], name="investment_promise_due")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount", None), ("unit", "")),
                                    models.Q(
                                        ("amount__gt", 0), models.Q(("unit", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="investment_promise_amount",
                                violation_error_message="承诺数和单位要一起填写，承诺数大于0。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("signing", "集中签约"),
                                    ("fair", "展会"),
                                    ("talk", "招商推介会"),
                                ],
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="名称")),
                        (
                            "session",
                            models.CharField(blank=True, max_length=40, verbose_name="届次"),
                        ),
                        ("starts_on", models.DateField(verbose_name="开始日期")),
                        ("ends_on", models.DateField(verbose_name="结束日期")),
                        (
                            "place",
                            models.CharField(blank=True, max_length=100, verbose_name="地点"),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                        ("entered_at", models.DateTimeField(editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("is_sample", models.BooleanField(default=False, editable=False)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.orgunit",
                                verbose_name="承办单位",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-starts_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="investment_event_days",
                                violation_error_message="结束日期不能早于开始日期。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(editable=False, verbose_name="登记时间"),
                        ),
                        ("is_sample", models.BooleanField(default=False, editable=False)),
                        ("title", models.CharField(max_length=100, verbose_name="线索名称")),
                        ("source", models.CharField(max_length=40, verbose_name="线索来源")),
                        (
                            "referrer",
                            models.CharField(blank=True, max_length=100, verbose_name="推荐人"),
                        ),
                        (
                            "industry",
                            models.CharField(blank=True, max_length=5, verbose_name="行业"),
                        ),
                        (
                            "expected_investment",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=18,
                                null=True,
                                verbose_name="意向投资额",
                            ),
                        ),
                        (
                            "contact_name",
                            models.CharField(blank=True, max_length=60, verbose_name="联系人"),
                        ),
                        (
                            "contact_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="联系电话"),
                        ),
                        (
                            "content",
                            models.TextField(blank=True, max_length=2000, verbose_name="线索内容"),
                        ),
                        (
                            "first_talked_on",
                            models.DateField(blank=True, null=True, verbose_name="首谈日期"),
                        ),
                        (
                            "assessment",
                            models.TextField(blank=True, max_length=1000, verbose_name="研判意见"),
                        ),
                        (
                            "duplicate_note",
                            models.CharField(
                                blank=True, editable=False, max_length=500, verbose_name="查重结论"
                            ),
                        ),
                        (
                            "duplicate_checked",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="已查重"
                            ),
                        ),
                        (
                            "reply",
                            models.TextField(blank=True, max_length=1000, verbose_name="答复内容"),
                        ),
                        (
                            "claim_until",
                            models.DateField(editable=False, null=True, verbose_name="认领有效期"),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "claimed_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="认领人",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "first_talker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="首谈人",
                            ),
                        ),
                        (
                            "investor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.organisation",
                                verbose_name="投资方",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leads",
                                to="investment.project",
                                verbose_name="转成的项目",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["source"], name="investment_lead_source"),
                            models.Index(fields=["claim_until"], name="investment_lead_claim"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="investment_lead_titled",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expected_investment", None),
                                    ("expected_investment__gt", 0),
                                    _connector="OR",
                                ),
                                name="investment_lead_amount_positive",
                                violation_error_message="意向投资额要大于0；还不知道的请留空。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("first_talked_on", None), ("first_talker", None)),
                                    models.Q(
                                        ("first_talked_on__isnull", False),
                                        ("first_talker__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="investment_lead_first_talk",
                                violation_error_message="首谈人和首谈日期要一起填写。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("claimed_by", None),
                                    ("claim_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="investment_lead_claim_ends",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dispute",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("grounds", models.CharField(max_length=500, verbose_name="理由")),
                        ("raised_at", models.DateTimeField()),
                        ("upheld", models.BooleanField(null=True)),
                        ("ruled_at", models.DateTimeField(null=True)),
                        (
                            "ruling",
                            models.CharField(blank=True, max_length=500, verbose_name="裁定理由"),
                        ),
                        (
                            "claimant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ruled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="investment.lead",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("upheld", None)),
                                fields=("lead", "claimant"),
                                name="investment_dispute_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("upheld", None),
                                    models.Q(("ruling", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="investment_ruling_reasoned",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("claimant", models.F("ruled_by")), _negated=True
                                ),
                                name="investment_ruling_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Placement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="起始日期")),
                        ("leading", models.BooleanField(default=False, verbose_name="龙头企业")),
                        ("source", models.CharField(max_length=300, verbose_name="来源")),
                        (
                            "recorded_at",
                            models.DateTimeField(editable=False, verbose_name="登记时间"),
                        ),
                        ("taken_back_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "taken_back_why",
                            models.CharField(blank=True, editable=False, max_length=300),
                        ),
                        ("is_sample", models.BooleanField(default=False, editable=False)),
                        (
                            "document",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.document",
                            ),
                        ),
                        (
                            "node",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="investment.chainnode",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.organisation",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-leading", "on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("taken_back_at", None)),
                                fields=("node", "organisation"),
                                name="investment_placed_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Progress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("done_on", models.DateField(verbose_name="日期")),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="本次完成数",
                            ),
                        ),
                        ("done", models.BooleanField(default=False, verbose_name="已全部履行")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        ("entered_at", models.DateTimeField()),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress",
                                to="investment.commitment",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.document",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(editable=False, verbose_name="登记时间"),
                        ),
                        ("is_sample", models.BooleanField(default=False, editable=False)),
                        ("name", models.CharField(max_length=100, verbose_name="项目名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("new", "新引进"),
                                    ("expansion", "增资扩产"),
                                    ("upgrade", "技术改造"),
                                ],
                                default="new",
                                max_length=12,
                                verbose_name="项目类型",
                            ),
                        ),
                        (
                            "capital",
                            models.CharField(
                                choices=[("domestic", "内资"), ("foreign", "外资")],
                                default="domestic",
                                max_length=12,
                                verbose_name="资金性质",
                            ),
                        ),
                        (
                            "agreed_investment",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=18,
                                null=True,
                                verbose_name="协议投资额",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("CNY", "人民币"),
                                    ("USD", "美元"),
                                    ("EUR", "欧元"),
                                    ("HKD", "港元"),
                                    ("JPY", "日元"),
                                    ("GBP", "英镑"),
                                ],
                                default="CNY",
                                max_length=3,
                                verbose_name="币种",
                            ),
                        ),
                        (
                            "rate",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=14,
                                null=True,
                                verbose_name="汇率",
                            ),
                        ),
                        (
                            "rate_on",
                            models.DateField(blank=True, null=True, verbose_name="汇率日期"),
                        ),
                        (
                            "agreed_cny",
                            models.DecimalField(
                                decimal_places=6,
                                editable=False,
                                max_digits=20,
                                null=True,
                                verbose_name="折人民币",
                            ),
                        ),
                        (
                            "industry",
                            models.CharField(blank=True, max_length=5, verbose_name="行业"),
                        ),
                        (
                            "chain",
                            models.CharField(blank=True, max_length=100, verbose_name="产业链位置"),
                        ),
                        (
                            "needs_land",
                            models.BooleanField(blank=True, null=True, verbose_name="需要供地"),
                        ),
                        (
                            "land_area",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=12,
                                null=True,
                                verbose_name="用地面积",
                            ),
                        ),
                        (
                            "parcel",
                            models.CharField(blank=True, max_length=100, verbose_name="地块"),
                        ),
                        (
                            "space_area",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=12,
                                null=True,
                                verbose_name="厂房楼宇面积",
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=9,
                                null=True,
                                verbose_name="经度",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=8,
                                null=True,
                                verbose_name="纬度",
                            ),
                        ),
                        (
                            "statistics_code",
                            models.CharField(
                                blank=True, max_length=30, verbose_name="联网直报代码"
                            ),
                        ),
                        ("tracked", models.BooleanField(default=True, verbose_name="列入重点跟踪")),
                        (
                            "note",
                            models.TextField(blank=True, max_length=2000, verbose_name="说明"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("on_track", "正常推进"),
                                    ("delayed", "滞后"),
                                    ("dormant", "停滞"),
                                    ("lost", "流失"),
                                    ("withdrawn", "撤回"),
                                ],
                                default="on_track",
                                editable=False,
                                max_length=10,
                                verbose_name="推进状态",
                            ),
                        ),
                        (
                            "status_reason",
                            models.CharField(blank=True, editable=False, max_length=500),
                        ),
                        ("status_since", models.DateField(editable=False, null=True)),
                        (
                            "case",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.organisation",
                                verbose_name="落地企业",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.organisation",
                                verbose_name="所属集团",
                            ),
                        ),
                        (
                            "investor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.organisation",
                                verbose_name="投资方",
                            ),
                        ),
                        (
                            "landing_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.orgunit",
                                verbose_name="落地单位",
                            ),
                        ),
                        (
                            "team",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="项目专班",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["status"], name="investment_project_status"),
                            models.Index(fields=["agreed_cny"], name="investment_project_amount"),
                            models.Index(fields=["industry"], name="investment_project_industry"),
                            models.Index(
                                fields=["longitude", "latitude"], name="investment_project_place"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="investment_project_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreed_investment", None),
                                    ("agreed_investment__gt", 0),
                                    _connector="OR",
                                ),
                                name="investment_project_amount_positive",
                                violation_error_message="协议投资额要大于0；还没有谈定的请留空。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rate", None), ("rate_on", None)),
                                    models.Q(("rate__gt", 0), ("rate_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="investment_project_rate_dated",
                                violation_error_message="汇率和汇率日期要一起填写，汇率大于0。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "on_track"),
                                    models.Q(("status_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="investment_project_status_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude", None), ("longitude", None)),
                                    models.Q(
                                        ("latitude__gte", -90),
                                        ("latitude__isnull", False),
                                        ("latitude__lte", 90),
                                        ("longitude__gte", -180),
                                        ("longitude__isnull", False),
                                        ("longitude__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="investment_project_point",
                                violation_error_message="经度和纬度要一起填写，单位是度。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Position",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "node",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="positions",
                                to="investment.chainnode",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="positions",
                                to="investment.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("project",),
                                name="investment_position_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outflow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("paid_on", models.DateField(verbose_name="日期")),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=6, max_digits=18, verbose_name="金额"
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                choices=[
                                    ("CNY", "人民币"),
                                    ("USD", "美元"),
                                    ("EUR", "欧元"),
                                    ("HKD", "港元"),
                                    ("JPY", "日元"),
                                    ("GBP", "英镑"),
                                ],
                                default="CNY",
                                max_length=3,
                                verbose_name="币种",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                        (
                            "entered_at",
                            models.DateTimeField(editable=False, verbose_name="登记时间"),
                        ),
                        ("taken_back_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "taken_back_why",
                            models.CharField(blank=True, editable=False, max_length=300),
                        ),
                        ("is_sample", models.BooleanField(default=False, editable=False)),
                        ("purpose", models.CharField(max_length=100, verbose_name="用途")),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.document",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "payee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.organisation",
                                verbose_name="收款方",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="investment.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-paid_on", "-pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="investment_outflow_positive",
                                violation_error_message="金额要大于0。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GoalClaim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "goal",
                            models.CharField(editable=False, max_length=40, verbose_name="类别"),
                        ),
                        ("version", models.PositiveSmallIntegerField(editable=False)),
                        ("counts_on", models.DateField(verbose_name="计入日期")),
                        (
                            "basis",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="认为符合的事实"
                            ),
                        ),
                        ("entered_at", models.DateTimeField(editable=False)),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "withdrawn_why",
                            models.CharField(blank=True, editable=False, max_length=300),
                        ),
                        (
                            "distinct_posting",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.posting",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "posting",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goal",
                                to="ledger.posting",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goals",
                                to="investment.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("project", "goal"),
                                name="investment_goal_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventProject",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("signed", "现场签约"),
                                    ("intent", "达成意向"),
                                    ("met", "对接洽谈"),
                                ],
                                max_length=10,
                                verbose_name="结果",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="investment.event",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="investment.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("event", "project"),
                                name="investment_event_project_once",
                                violation_error_message="这个项目已经登记。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Effort",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("trip", "外出考察"),
                                    ("visit", "接待来访"),
                                    ("meeting", "洽谈会商"),
                                    ("event", "招商活动"),
                                ],
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        ("done_on", models.DateField(verbose_name="日期")),
                        ("title", models.CharField(max_length=100, verbose_name="内容")),
                        (
                            "place",
                            models.CharField(blank=True, max_length=100, verbose_name="地点"),
                        ),
                        (
                            "people",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="参加人数"
                            ),
                        ),
                        (
                            "result",
                            models.CharField(blank=True, max_length=500, verbose_name="结果"),
                        ),
                        ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                        ("taken_back_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "taken_back_why",
                            models.CharField(blank=True, editable=False, max_length=300),
                        ),
                        ("is_sample", models.BooleanField(default=False, editable=False)),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.document",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "posting",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.posting",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.orgunit",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="investment.project",
                                verbose_name="招商项目",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-done_on", "-pk"],
                        "indexes": [
                            models.Index(fields=["done_on", "unit"], name="investment_effort_day")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Counted",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("indicator", models.CharField(max_length=60)),
                        ("value", models.DecimalField(decimal_places=6, max_digits=20)),
                        ("occurred_on", models.DateField()),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        (
                            "posting",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.posting",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counted",
                                to="investment.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("project", "indicator"),
                                name="investment_counted_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ruling",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("holds_from", models.DateField(verbose_name="起算日期")),
                        (
                            "holds_to",
                            models.DateField(blank=True, null=True, verbose_name="截止日期"),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="裁定依据")),
                        ("ruled_at", models.DateTimeField(db_index=True, verbose_name="裁定时间")),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.document",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="investment.project",
                            ),
                        ),
                        (
                            "ruled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("holds_to", None),
                                    ("holds_to__gte", models.F("holds_from")),
                                    _connector="OR",
                                ),
                                name="investment_ruling_term",
                                violation_error_message="截止日期不能早于起算日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="investment_ruling_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Share",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("first", "首谈单位"),
                                    ("landing", "落地单位"),
                                    ("help", "协助单位"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                        (
                            "ruling",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shares",
                                to="investment.ruling",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.orgunit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("ruling", "unit"), name="investment_share_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__gt", 0), ("percent__lte", 100)),
                                name="investment_share_part",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Space",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(max_length=40, unique=True, verbose_name="载体编号"),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="载体名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("parcel", "地块"), ("plant", "厂房"), ("floor", "楼层")],
                                max_length=10,
                                verbose_name="载体类型",
                            ),
                        ),
                        (
                            "site",
                            models.CharField(blank=True, max_length=100, verbose_name="所在园区"),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=200, verbose_name="地址"),
                        ),
                        (
                            "area",
                            models.DecimalField(
                                decimal_places=2, max_digits=12, verbose_name="面积"
                            ),
                        ),
                        (
                            "clear_height",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=6,
                                null=True,
                                verbose_name="净高",
                            ),
                        ),
                        (
                            "floor_load",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=6,
                                null=True,
                                verbose_name="楼面荷载",
                            ),
                        ),
                        (
                            "power",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                verbose_name="供电容量",
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="价格",
                            ),
                        ),
                        (
                            "price_unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("per_mu", "万元/亩"),
                                    ("monthly", "元/平方米·月"),
                                    ("per_sqm", "元/平方米"),
                                ],
                                max_length=10,
                                verbose_name="计价单位",
                            ),
                        ),
                        (
                            "price_on",
                            models.DateField(blank=True, null=True, verbose_name="报价日期"),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=9,
                                null=True,
                                verbose_name="经度",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=8,
                                null=True,
                                verbose_name="纬度",
                            ),
                        ),
                        (
                            "note",
                            models.TextField(blank=True, max_length=1000, verbose_name="说明"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(editable=False, verbose_name="登记时间"),
                        ),
                        ("is_sample", models.BooleanField(default=False, editable=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.orgunit",
                                verbose_name="管理单位",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(fields=["kind", "area"], name="investment_space_kind_area")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code", ""), _negated=True),
                                    models.Q(("name", ""), _negated=True),
                                ),
                                name="investment_space_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("area__gt", 0)),
                                name="investment_space_area_positive",
                                violation_error_message="面积要大于0。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("clear_height", None),
                                        ("clear_height__gt", 0),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("floor_load", None), ("floor_load__gt", 0), _connector="OR"
                                    ),
                                    models.Q(("power", None), ("power__gt", 0), _connector="OR"),
                                ),
                                name="investment_space_measures",
                                violation_error_message="净高、荷载和供电容量要大于0；还不知道的请留空。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("price", None), ("price_on", None), ("price_unit", "")
                                    ),
                                    models.Q(
                                        ("price__gt", 0),
                                        ("price_on__isnull", False),
                                        models.Q(("price_unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="investment_space_price_whole",
                                violation_error_message="价格、计价单位和报价日期要一起填写，价格大于0。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude", None), ("longitude", None)),
                                    models.Q(
                                        ("latitude__gte", -90),
                                        ("latitude__isnull", False),
                                        ("latitude__lte", 90),
                                        ("longitude__gte", -180),
                                        ("longitude__isnull", False),
                                        ("longitude__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="investment_space_point",
                                violation_error_message="经度和纬度要一起填写，单位是度。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpaceEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("free", "空置"),
                                    ("reserved", "已预留"),
                                    ("let", "已租"),
                                    ("sold", "已售"),
                                ],
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="预留到")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("undone_at", models.DateTimeField(null=True)),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="spaces",
                                to="investment.project",
                                verbose_name="项目",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "space",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="investment.space",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-on", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["space", "-on", "-id"], name="investment_space_event_last"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("project__isnull", False),
                                        ("state", "reserved"),
                                        ("until__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state", "reserved"), _negated=True),
                                        ("until", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="investment_space_reservation",
                                violation_error_message="预留要写明项目和到期日。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("on")), _connector="OR"
                                ),
                                name="investment_space_until_after",
                                violation_error_message="到期日不能早于预留日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("undone_at", None), ("undone_by", None)),
                                    models.Q(
                                        ("undone_at__isnull", False), ("undone_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="investment_space_event_undone",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpaceNeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "clear_height",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=6,
                                null=True,
                                verbose_name="净高",
                            ),
                        ),
                        (
                            "floor_load",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=6,
                                null=True,
                                verbose_name="楼面荷载",
                            ),
                        ),
                        (
                            "power",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                verbose_name="供电容量",
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="可接受价格",
                            ),
                        ),
                        (
                            "price_unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("per_mu", "万元/亩"),
                                    ("monthly", "元/平方米·月"),
                                    ("per_sqm", "元/平方米"),
                                ],
                                max_length=10,
                                verbose_name="计价单位",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "project",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="space_need",
                                to="investment.project",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("clear_height", None),
                                        ("clear_height__gt", 0),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("floor_load", None), ("floor_load__gt", 0), _connector="OR"
                                    ),
                                    models.Q(("power", None), ("power__gt", 0), _connector="OR"),
                                ),
                                name="investment_need_measures",
                                violation_error_message="净高、荷载和供电容量要大于0；还不知道的请留空。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("price", None), ("price_unit", "")),
                                    models.Q(
                                        ("price__gt", 0),
                                        models.Q(("price_unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="investment_need_price_whole",
                                violation_error_message="可接受价格和计价单位要一起填写，价格大于0。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Stands",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("hall", models.CharField(blank=True, max_length=60, verbose_name="展区")),
                        ("applied", models.PositiveSmallIntegerField(verbose_name="申请展位")),
                        (
                            "allotted",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="获批展位"
                            ),
                        ),
                        (
                            "result",
                            models.CharField(blank=True, max_length=300, verbose_name="成效"),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stands",
                                to="investment.event",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.organisation",
                                verbose_name="企业",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("event", "organisation", "hall"),
                                name="investment_stands_once",
                                violation_error_message="这家企业在这个展区已经登记。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("applied__gt", 0)),
                                name="investment_stands_applied",
                                violation_error_message="申请展位要大于0。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        ("recorded_at", models.DateTimeField()),
                        ("dropped_at", models.DateTimeField(null=True)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "lead",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="investment.lead",
                            ),
                        ),
                        (
                            "node",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="investment.chainnode",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.organisation",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("dropped_at", None)),
                                fields=("node", "organisation"),
                                name="investment_target_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
