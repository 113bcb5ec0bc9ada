// Draws the charts of a page. ECharts is fetched only when there is one.
const LIBRARY = new URL("../vendor/echarts-6.1.0.common.min.js", import.meta.url);
let library = null;

export async function charts(root) {
  const found = [...root.querySelectorAll("[data-chart]:not([data-drawn])")];
  if (!found.length) return;
  for (const figure of found) figure.dataset.drawn = "";
  try {
    const echarts = await (library ??= load());
    await document.fonts.ready;
    for (const figure of found) draw(echarts, figure);
  } catch {
    for (const figure of found) {
      figure.classList.add("no-drawing");
      figure.querySelector("details").open = true;
    }
  }
}

function load() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = LIBRARY;
    script.onload = () => resolve(window.echarts);
    script.onerror = reject;
    document.head.append(script);
  });
}

function draw(echarts, figure) {
  const canvas = figure.querySelector(".chart-canvas");
  const spec = JSON.parse(figure.querySelector("script").textContent);
  const chart = echarts.init(canvas, null, { renderer: "svg" });
  const paint = () => chart.setOption(option(spec, canvas.clientWidth, tokens()), true);
  paint();
  new ResizeObserver(() => {
    chart.resize();
    paint();
  }).observe(canvas);
}

/** The colours and sizes of the page, so that a theme needs to be said only once, in the style sheet. */
function tokens() {
  const style = getComputedStyle(document.body);
  const get = (name) => style.getPropertyValue(name).trim();
  const root = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return {
    font: style.fontFamily, size: Math.round(root * 0.857), ink: get("--ink"), ink2: get("--ink-2"), ink3: get("--ink-3"),
    rule: get("--rule"), ruleStrong: get("--rule-strong"), paper: get("--paper"), blue: get("--blue"), warn: get("--warn"),
  };
}

/** One role, one look, on every page. Past years grey, plans dashed, pending hatched. */
function look(role, t) {
  return {
    actual: { color: t.blue },
    pending: { color: t.paper, borderColor: t.blue, borderWidth: 1, decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4, color: t.blue } },
    past: { color: t.ruleStrong },
    plan: { color: t.ink2, dash: [5, 4] },
    projection: { color: t.blue, dash: [2, 3] },
    city: { color: t.ink },
    other: { color: t.ink3 },
  }[role];
}

function option(spec, width, t) {
  const sideways = spec.series.some((s) => s.shape === "bar");
  const text = { fontFamily: t.font, fontSize: t.size };
  const names = { type: "category", boundaryGap: spec.series.some((s) => s.shape !== "line"), data: spec.categories, inverse: sideways, axisTick: { show: false }, axisLine: { lineStyle: { color: t.ink } }, axisLabel: { ...text, color: t.ink2, hideOverlap: true, ...(sideways && width < 600 ? { width: Math.round(width * 0.4), overflow: "break" } : {}) } };
  const long = [...spec.unit].length > 4; // a long name reads away from the edge of the drawing
  const values = {
    type: "value", name: spec.unit, nameLocation: "end", nameTextStyle: { ...text, color: t.ink3, align: sideways || long ? "left" : "right" }, scale: false,
    splitLine: { lineStyle: { color: t.rule } }, axisLabel: { ...text, color: t.ink2 },
  };
  return {
    animation: false,
    textStyle: text,
    grid: { left: 4, right: sideways ? Math.max(56, textWidth(spec.unit, t) + 16) : room(spec, t), top: sideways ? 6 : 34, bottom: 4, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "line", lineStyle: { color: t.ink3 } }, backgroundColor: t.paper, borderColor: t.ruleStrong, textStyle: { ...text, color: t.ink }, valueFormatter: (v) => (v == null ? "—" : `${v.toLocaleString("zh-CN", { maximumFractionDigits: 6 })} ${spec.unit}`) },
    xAxis: sideways ? values : names,
    yAxis: sideways ? names : values,
    series: spec.series.map((s, i) => one(s, i, spec, sideways, t)),
  };
}

/** Space at the right for the direct labels, by the widest name. */
function room(spec, t) {
  const lines = spec.series.filter((s) => s.shape === "line" && s.values.at(-1) != null);
  const names = [...(lines.length === spec.series.length ? [] : spec.lines), ...lines].map((x) => x.name);
  return Math.max(16, ...names.map((name) => textWidth(name, t) + 14));
}

/** About how many px a text takes: a Chinese character is as wide as it is high. */
function textWidth(text, t) {
  return [...text].reduce((sum, c) => sum + (c > "\u2e80" ? t.size : t.size * 0.6), 0);
}

function one(series, index, spec, sideways, t) {
  const { color, dash, ...area } = look(series.role, t);
  const label = { textBorderColor: t.paper, textBorderWidth: 3, fontFamily: t.font, fontSize: t.size, color: series.shape === "line" ? color : t.ink2 };
  const common = { name: series.name, data: series.values, emphasis: { disabled: true }, markLine: index === 0 ? levels(spec, sideways, t) : undefined };
  if (series.shape === "line") {
    return {
      ...common, type: "line", symbol: "circle", symbolSize: 4, showSymbol: series.values.length <= 24, connectNulls: false, itemStyle: { color },
      lineStyle: { color, width: series.role === "actual" ? 2 : 1.25, type: dash ?? "solid" }, z: series.role === "actual" ? 4 : 3,
      endLabel: { show: true, formatter: "{a}", distance: 6, ...label, ...early(series.values) }, labelLayout: { moveOverlap: "shiftY" },
    };
  }
  return {
    ...common, type: "bar", stack: series.stack || undefined, barMaxWidth: 30, barGap: "12%", itemStyle: { color, ...area },
    label: { show: sideways && !series.stack, position: "right", ...label },
  };
}

/** The name of a line that stops before the edge stands over its end, off the lines that go on. */
function early(values) {
  return values.at(-1) == null ? { align: "right", offset: [-10, -12] } : {};
}

function levels(spec, sideways, t) {
  if (!spec.lines.length) return undefined;
  return {
    silent: true, symbol: "none", animation: false,
    label: { position: spec.series.every((s) => s.shape === "line") ? "insideStartTop" : "end", formatter: "{b}", fontFamily: t.font, fontSize: t.size, color: t.ink, textBorderColor: t.paper, textBorderWidth: 3 },
    data: spec.lines.map((line) => ({
      name: line.name, [sideways ? "xAxis" : "yAxis"]: line.value,
      lineStyle: { color: t.ink, width: 1, type: line.role === "tier" ? [6, 3] : [1, 2] },
    })),
  };
}
