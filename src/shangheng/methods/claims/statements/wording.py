"""The words that tell what a quantity is: verbs of growth, shares, targets, tiers, areas, tenses.

One table per meaning; every pattern is anchored at one end and free of nested repetition, so each
is linear in the clause that it reads.
"""

import re
from functools import lru_cache


class Cue:
    """A pattern that matches only words with one of some characters.

    Most words have none of them, and that is found out many times faster than that the pattern fails.
    """

    def __init__(self, needs: str, pattern: str) -> None:
        self._needs, compiled = needs, re.compile(pattern)
        self._search, self._match, self.sub = compiled.search, compiled.match, compiled.sub

    def search(self, words: str) -> re.Match[str] | None:
        """`re.search` of the pattern."""
        for character in self._needs:
            if character in words:
                return self._search(words)
        return None

    def match(self, words: str) -> re.Match[str] | None:
        """`re.match` of the pattern."""
        for character in self._needs:
            if character in words:
                return self._match(words)
        return None


_LINKING = r"(?:分别|已|了|为|约|高?达到?|近|超过?|至|仅|是|有|的|:|\"|“|在|突破|接近|不?高于|不?低于|大约|预计|力争|\x00{1,24}|\s){0,4}$"
UP = r"(?:[劲猛激陡骤飙暴剧大]增|[飙猛暴]涨|增长|多收|多支|增幅|增速|增加|增收|增支|增产|增量|上升|提高|提升|攀升|上涨|扩大|净增|加快|增|升|涨|多(?:[开建办引签征招产销投发放])?|进步|前移|前进|(?<=[比\x00年期])多[\u4e00-\u9fff]{2})"
DOWN = r"(?:负增长|压缩|少收|少支|下降|减少|减收|减支|减产|回落|降低|下滑|下跌|缩减|压减|降幅|收窄|缩短|精简|后退|退后|退步|减|降|少(?:[开建办引签征招产销投发放])?|跌|(?<=[比\x00年期])少[\u4e00-\u9fff]{2})"
GROWTH = re.compile(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:幅度|幅|速度|速|率|比例|比率)?{_LINKING}"
)
REACHED = Cue(
    "到至为成达",
    rf"(?:{UP}|{DOWN}|扩容|优化|发展|攀升|壮大|拓展|延伸|扩)(?:到|至|为|成){_LINKING}|(?:增至|升至|降至|减至|涨至|缩至|跌至|[滑回]落至|扩至|压至|达到|调整为){_LINKING}"
    rf"|(?:增至|升至|降至|减至|(?:增加|提[高升]|发展|增长|上升|攀升|扩[大展充]|壮大|下降|减少|降低|回落)(?:到|至))(?:目前|年底|年末|现在|今年|[“\"]?\x00+[”\"]?(?:时期|期间|末|底|年末)?)的?$",
)
FROM = Cue(
    "由从",
    r"(?:^|[,、;\x00]|[\u4e00-\u9fff])(?:由|从)(?P<when>上年|去年|[“\"]?\x00+[”\"]?|原来|最初|年初|同期)?(?:同期|时期|期间|的|[末底初])*$",
)
COMPARED_WITH = Cue(
    "比较", r"(?:比|较)(?:[^,;]{1,14}的|(?:上年|去年|\x00{1,24})?(?:同期|末|底|初)?的?)$"
)
BASE = Cue(
    "期年基届轮批",
    r"(?:上年|去年|上年度|前一年|\x00)?(?:同期|上年|去年|上年度|上一?[届期轮批]|基数|基期)(?:数|值|额)?(?:的)?(?:为|是|完成|实现|仅(?:有|为)?|只有|才)?$",
)
SHARE = Cue(
    "占比总",
    r"(?:占到?了?(?P<whole>[^,;占]{0,30}?)(?:的|之)?(?:比重|比例|比率|份额|比)?|比重|(?:的)?(?:占|所占)比(?:例|重)?|(?<=[\u4e00-\u9fff”])(?<![占降增长提高])比例|(?:^|[,、])比例(?=[为达是])|(?:为|是)总[数量额]的)"
    + _LINKING,
)
COMPLETION = Cue(
    "标务划算指进率例度",
    r"(?:完成|达到?|占到?|为|实现|是)(?P<of>[^,;]{0,26}?(?:目标|任务|计划|预算(?!收|支|内|总)|指标|序时进度)[^,;完成]{0,16}?)(?:的)"
    + _LINKING
    + r"|(?P<rate>(?:目标|任务|计划|预算|年度|投资|规划)?(?:完成率|执行率|达成率|实现率|完成比例|完成进度|支出进度|[实完][现成]程度|达成度))"
    + _LINKING,
)
RATE = Cue(
    "率面",
    r"(?P<what>[\u4e00-\u9fff]{1,10}率|[\u4e00-\u9fff]{0,10}(?:增长|覆盖|盈利|达标|亏损)面)(?:分别)?"
    + _LINKING,
)
TIERS = Cue(
    "目任指值",
    r"(?P<tier>预期|挑战|拼搏|奋斗|力争|保底|底线|基本|冲刺|必成|争取|期望)(?:性)?(?:目标|任务|指标|值)",
)
TIER_RANK = {"保底": 0, "底线": 0, "基本": 0, "必成": 0, "预期": 1, "争取": 2, "期望": 2, "力争": 2,
             "奋斗": 2, "拼搏": 3, "冲刺": 3, "挑战": 4}  # fmt: skip
TARGET = Cue(
    "标务划指算值",
    r"(?:目标(?:任务)?(?:值|数|任务)?|(?:预期|挑战|拼搏|奋斗|力争|保底|底线|冲刺|争取|期望)值|任务(?:数|量|目标)?|计划(?:数|值|目标)?|指标值?|预算(?:数)?)"
    + _LINKING,
)
PLANNED = Cue(
    "目计年预",
    r"(?:^[,、;]?预期(?!增|目标)[\u4e00-\u9fff]{2,8}|年初(?:确定|提出|安排|下达|排定|部署|设定|计划|预计)[\u4e00-\u9fff]{2,12}|目标(?:任务)?(?:是|为)[\u4e00-\u9fff]{2,12}|目标(?:任务)?(?:新增|引进|培育|新建|建成|改造)[\u4e00-\u9fff]{2,12}|计划(?:投资|(?:新建|新增|净增|增加|举办|走访|培训|招引|打造|认定|建立|推出|安置|整治|改造|完成|引进|培育|建设|实施|组织|开展|发展|修建|治理|招录"
    r"|发放|建成)[\u4e00-\u9fffA-Za-z]{0,14}))$",
)
TIER_OPENS = Cue(
    "目", r"^[,、;:]?(?:预期|挑战|拼搏|奋斗|力争|保底|底线|基本|冲刺)(?:性)?目标[^,;目标]{2,14}$"
)
SHARE_OF_FIGURE = Cue(
    "占在总",
    r"(?:占[\u4e00-\u9fffA-Za-z]{0,20}|(?:为|是)[\u4e00-\u9fff]{0,10}总[\u4e00-\u9fff]{1,8}|在[\u4e00-\u9fffA-Za-z]{1,20})\d[\d.,]*[万亿]?[\u4e00-\u9fff]{1,4}"
    + (
        _OF_IT
        := r"(?:的(?:比重|比例|份额)?|[\u4e00-\u9fff]{0,6}(?:之?中|里)[\u4e00-\u9fff]{0,2}占比?)"
    )
    + _LINKING,
)
OF_FIGURE = re.compile(_OF_IT + _LINKING)
FIGURE_BEFORE = "\x00"
TARGET_RIGHT = Cue(
    "目任计预", r"(?:的|\"|“)?(?P<mid>[^,;、。完成]{0,12}?)(?:目标|任务|计划|预算|预期(?!目标))"
)
EXCEEDS = Cue(
    "超突高多好优快",
    r"(?:超额?(?:完成|过|出|越)?|突破|高[于出]|多[于出]|好于|优于|远超|快于)[^,;]{0,14}$",
)
BELOW = Cue(
    "未低不少欠落距没",
    r"(?:未(?:能)?(?:完成|达到?)|低于|不及|少于|(?<![清拖追偿])欠(?![薪款账费债])|落后于|距离?|没有(?:完成|达到))[^,;]{0,14}$",
)
MEETS = Cue("完达实持", r"(?:完成|达到?|实现|持平)[^,;]{0,14}$")
EACH = "人户亩家场校村镇乡店企厂园区县局点班车床站所摊铺档碗单箱桌只株院馆社件项批次台套街师生组线柜仓桌间栋"
AVERAGE = Cue(
    "均产每单",
    rf"(?:(?:^|[,、(;])[{EACH}]均|亩产|均价|平均(?!线|水平)(?:每|单)?|人均|户均|亩均|日均|月均|年均|场均|家均|单个|单项|每)[\u4e00-\u9fff]{{0,8}}?"
    + _LINKING,
)
GAP = Cue(
    "差少缺欠超高多",
    r"(?P<short>相差|少完成|还差|尚差|仍差|只差|尚缺|还缺|短缺|缺口|少了|欠|(?:^|[,目标务划的])差)(?:了|为|约|达|是)?$"
    r"|(?P<over>超出|高出|多出|超额(?:完成|实现)?|多完成)(?:了|为|约|达|是)?$",
)
REST = Cue(
    "未剩余下其尚仍还",
    r"(?:^|[,、])剩(?:有|余)?$|(?:(?:^|[,、])(?:尚?未|暂未)(?:办结|完成|开工|动工|启动|整改|竣工|投产|落地|支出|拨付|解决|拆除)的?$)|(?:还|尚|仍)需[\u4e00-\u9fff]{0,6}$|(?:其余|结余|剩余|剩下|余下|其它|其他|尚余|尚有|仍有|还有|还剩|尚剩)(?:的)?[\u4e00-\u9fff]{0,8}$",
)
TOTAL = Cue(
    "共合总", r"(?:合计|共计|总计|总共|一共|累计共|共|总数)[\u4e00-\u9fff]{0,3}?" + _LINKING
)
PLAN_WORDS = Cue("将力确拟预争到", r"将|力争|确保|拟|预计|争取|到20\d\d年")
PLAN_HEADING = re.compile(
    r"(?:工作|重点|主要)?(?:安排|计划|打算|思路|目标|任务|举措|措施|重点|建议)$|下一步|下步|明年|来年|展望|工作安排|工作计划"
    r"|工作打算|工作思路|目标任务|预期目标|总体要求|工作要求|预算(?:草案|安排)"
)
REVIEW_HEADING = re.compile(
    r"回顾|完成情况|工作情况|总结|成效|进展|执行情况|过去|主要成绩|运行情况|问题|不足"
)
AREA = Cue(
    "全我本辖区市",
    r"(?:(?:全|我|本)(?:区|市|县|省|州|旗|国|镇|乡|街道|局|系统|镇域|域)(?:级|本级)?|辖区内?|区(?:级|内|本级)|市(?:级|内|本级)|全社会)",
)
VALUE_COMPARED = re.compile(r"平均(?:水平|增[幅速]|增长|值)?|同期|比")
_LEAD = re.compile(
    r"(?:(?:规划|报告|评估|考核|统计|评价)期(?:内|末|间)?(?=[\u4e00-\u9fff])|[末底](?=[达为有拥共仅突]|$)|一年(?:[来间内])?(?=[净增减提上下多少]|$)|[—的了和与及以并且“”\"'、:。,\-\s\x00]|其中|另外|此外|同时|另有|还有|另|目前|截至|截止|全年|累计|共计|合计|总计|一共|共有|共(?![享建同产])"
    r"|预计|已经|已|均|又|再|仅|现有|约|年度|当年|本年|年末|年底|年内|期末|可(?![再支])|将(?!军)|先后|成功|顺利|全面|超额|提前|按期|较好|圆满"
    r"|完成值?|实现|达到|达成|达(?!标)|有(?![效色机线限])|为(?!民)|是|占(?!地)|分别"
    r"|虽然?|尽管|如|即(?!征)|含|包括|包含|由|从(?!业)|在(?![建岗库校职册营谈手售编])|至|到(?![位资账期])|比|较|经(?![营济贸费开纪])|对(?![外口接])|把|使|让|于|等(?!级)|之|份|我们|力争|确保|争取|努力|计划|拟|使得)"
)
_TRAIL = re.compile(
    r"(?:[的了“”\"'、:。,\-\s\x00]|累计|全年|共计|合计|总计|总共|一共|共|已经|已|均|新|实现|完成值?|完成|达到|达成|达|为|是|有|约|近|超过|超|突破"
    r"|接近|大约|预计|力争|确保|争取|可|将|仅|分别|只|至|到|目标值|目标任务|目标|任务|计划|预算数?|挑战|预期|拼搏|奋斗|保底|底线|力争|冲刺|基本|在|由|从|增长|增加|提高|提升|增|升|下降|减少|降|减|上升"
    r"|(?:首次|再|又)?[迈站跨跃登]上|远|率先|顺利|超额|全部|虽然?|尽管|不|高于|低于|多达|高达|列|位列|居|位居|排名|排|保持|稳定|(?<![加总产])值|数|数为|累计为|其中|年初|年度|调整|首次|就)$"
)
_NOISE = re.compile(r"[的了\s\"“”'\x00<>《》「」]")
_SUFFIX = re.compile(
    r"(?:目标任务|目标|任务|指标|工作|完成情况|情况|方面|规模|总量|金额|累计|企业数|数量|进展|项目数)$"
)
_PREFIX = re.compile(
    r"^(?:(?:主要)?(?:预期|奋斗|工作)?目标|全面|累计|新增|实现|完成|推进|积极|总|全部|商贸企业|狠抓|主要|重点|当年|各类)"
)


@lru_cache(maxsize=4096)
def strip_name(words: str) -> str:
    """The noun phrase of a clause: leading adverbs and trailing verbs taken off, quotes dropped."""
    if "\x00" in words:
        before, _, after = words.rpartition("\x00")
        return strip_name(after) or strip_name(before.replace("\x00", ""))
    area = AREA.match(words)
    words = words[area.end() :] if area else words
    for _ in range(12):
        shorter = _LEAD.sub("", words, count=1) if _LEAD.match(words) else words
        shorter = _TRAIL.sub("", shorter)
        area = AREA.match(shorter)
        shorter = shorter[area.end() :] if area and area.end() < len(shorter) else shorter
        if shorter == words:
            break
        words = shorter
    return _NOISE.sub("", words)[-40:]


_SHORT_FORMS = (("规模以上", "规上"), ("限额以上", "限上"), ("社会消费品零售总额", "社零总额"), ("固投", "固定资产投资"),
                ("地区生产总值", "生产总值"), ("GDP", "生产总值"),
                ("实际使用外资", "实际利用外资"), ("进出口总值", "进出口总额"))  # fmt: skip


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """A name reduced to what it measures, for comparing names: 外贸进出口目标 → 外贸进出口."""
    words = _NOISE.sub("", name)
    for long, short in _SHORT_FORMS:
        words = words.replace(long, short)
    area = AREA.match(words)
    words = words[area.end() :] if area else words
    for _ in range(4):
        shorter = _SUFFIX.sub("", words)
        if shorter == words or len(shorter) < 2:
            break
        words = shorter
    return words


def name_key(name: str) -> str:
    """What a name measures, without general words: names with one key are taken as one indicator.

    外贸进出口目标 and 进出口总额 share 进出口; 工业到资 and 到位内资 share nothing. Empty for no name.
    """
    words = core(name)
    return _plain(words) if words else ""


_GENERAL = re.compile(
    r"(?:总额|总值|总量|总数|额|外贸|全区|全市|实际|招商引资|商贸业?|企业|规模|累计|地区)"
)


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    words = _PREFIX.sub("", name)
    plain = _GENERAL.sub("", words)
    if len(plain) >= 3:
        return plain
    return words if len(words) >= 3 else name
