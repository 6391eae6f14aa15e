/** A row becomes a card: the name, then a line for each cell. As many cards side by side as there is room for. */
const cards = (table: string) => `
  ${table}, ${table} :is(caption, tr, th) { display: block; }
  ${table} thead { display: none; }
  ${table} tbody { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 270px), 1fr)); gap: 0 32px; }
  ${table} tr { padding: 8px 0; }
  ${table} :is(th, td) { padding: 1px 0; white-space: normal; }
  ${table} td { display: flex; justify-content: space-between; gap: 16px; text-align: right; }
  ${table} td::before { content: attr(data-heading); color: var(--quiet); font-weight: 400; white-space: nowrap; }
`;

/** The page's style sheet: one for screens wide and narrow, light and dark, and for paper. */
export const style = `
:root {
  color-scheme: light dark;
  --bg: #fff; --ink: #1c2128; --quiet: #59636e; --line: #d5dbe1; --faint: #eceff2; --panel: #f6f8fa; --link: #0a58b5;
  --good: #19722f; --bad: #b5200d; --open: #7d5200;
  --level-0: #d3e5f1; --level-1: #a9cde4; --level-2: #72aed6; --level-3: #3d88c0; --level-4: #185a97; --level-5: #0a2a55;
  --silence: #d5301c; --silence-hatch: #ffd9d2; --band: #d5301c14;
  --ready: #4d9a8b; --not-ready: #f3e3b5; --not-ready-hatch: #a97b12;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --bg: #11151a; --ink: #e6ebf0; --quiet: #9ba6b2; --line: #343c45; --faint: #20262d; --panel: #191f26; --link: #74b3f8;
    --good: #5bc877; --bad: #ff8573; --open: #e3b04b;
    --level-0: #1b3247; --level-1: #22507a; --level-2: #2f77ae; --level-3: #5c9fd3; --level-4: #9bc8ea; --level-5: #e6f3fc;
    --silence: #f0503c; --silence-hatch: #6b1206; --band: #f0503c21;
    --ready: #3f8576; --not-ready: #3d3316; --not-ready-hatch: #d6a83c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body {
  margin: 0; background: var(--bg); color: var(--ink); overflow-wrap: break-word;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
}
main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 64px; }
h1, h2, p, dl, dd, ul, figure { margin: 0; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.01em; text-wrap: balance; margin: 4px 0 12px; }
h2 { font-size: 20px; line-height: 1.3; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
p { max-width: 84ch; }
.quiet { color: var(--quiet); }
.eyebrow { color: var(--quiet); font-size: 13px; }
main > header { border-left: 5px solid var(--open); padding-left: 18px; margin-bottom: 28px; }
header.pass { border-color: var(--good); } header.fail { border-color: var(--bad); }
.icon { margin-right: .35em; }
header.pass .icon { color: var(--good); } header.fail .icon { color: var(--bad); } header.no-verdict .icon { color: var(--open); }
.badge {
  display: inline-block; margin-left: 6px; padding: 1px 10px; border: 1px solid; border-radius: 99px;
  font-size: 13px; font-weight: 600; line-height: 20px; vertical-align: 2px; white-space: nowrap;
}
.badge.pass, .good { color: var(--good); } .badge.fail, .bad { color: var(--bad); } .badge.no-verdict { color: var(--open); }
.bad { font-weight: 600; } .dim { color: var(--quiet); }

table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
th { font-weight: 600; text-align: left; }
thead th { color: var(--quiet); font-weight: 500; vertical-align: bottom; }
thead .group { text-align: center; background: linear-gradient(var(--line), var(--line)) no-repeat 16px 100% / calc(100% - 16px) 1px; }
th, td { padding: 5px 8px; white-space: nowrap; }
tr > :first-child { padding-left: 0; } tr > :last-child { padding-right: 0; }
tbody tr { border-top: 1px solid var(--line); }
.right { text-align: right; }

article, section, footer { margin-top: 40px; padding-top: 28px; border-top: 1px solid var(--line); }
article { scroll-margin-top: 8px; }
h2 + p { margin-top: 4px; } table + p { margin-top: 12px; }
article > table, article > details, section > table, table + table, figure { margin-top: 20px; }
header + table, section > table { width: 100%; }
table a { text-decoration: none; } table a:hover { text-decoration: underline; }
footer { color: var(--quiet); font-size: 13px; } footer h2 { font-size: 15px; color: var(--ink); }
.reasons { margin-top: 12px; padding: 10px 14px 10px 32px; background: var(--panel); border-left: 3px solid var(--open); }
.reasons.fail { border-color: var(--bad); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(136px, 1fr)); gap: 14px 20px; margin: 18px 0 22px; font-size: 13px; line-height: 1.35; }
.figures dt { color: var(--quiet); }
.figures .value { font-size: 20px; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { height: 5px; margin-top: 6px; background: var(--line); }
.bar span { display: block; height: 100%; background: var(--quiet); } .bar.pass span { background: var(--good); } .bar.fail span { background: var(--bad); }
summary { cursor: pointer; font-weight: 600; font-size: 13px; } details[open] > summary { margin-bottom: 8px; }
details ul { padding-left: 20px; font-size: 13px; } details caption { display: none; }

.scroll { overflow-x: auto; overscroll-behavior-x: contain; }
.canvas { display: flex; align-items: flex-start; min-width: 860px; }
.row-names { flex: 88 0 0; min-width: 0; position: sticky; left: 0; background: var(--bg); }
.plot { flex: 822 0 0; min-width: 0; }
.canvas svg { display: block; height: auto; }
svg text { font-size: 11px; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg .quiet { fill: var(--quiet); } svg .strong, svg .title { font-weight: 600; }
svg .halo { paint-order: stroke; stroke: var(--bg); stroke-width: 4px; stroke-linejoin: round; }
svg path { fill: none; }
.strips path { shape-rendering: crispEdges; }
.level-0 { stroke: var(--level-0); } .level-1 { stroke: var(--level-1); } .level-2 { stroke: var(--level-2); }
.level-3 { stroke: var(--level-3); } .level-4 { stroke: var(--level-4); } .level-5 { stroke: var(--level-5); }
.silent { stroke: url(#silence); } .silence { fill: url(#silence); }
.silence-ground { fill: var(--silence); } .silence-hatch { fill: var(--silence-hatch); }
.band { fill: var(--band); }
.ready { fill: var(--ready); }
.not-ready { fill: url(#not-ready); stroke: var(--not-ready-hatch); stroke-width: .8; }
.not-ready-ground { fill: var(--not-ready); } .not-ready-hatch { fill: var(--not-ready-hatch); }
.gone { fill: var(--bg); stroke: var(--silence); stroke-dasharray: 3 2; }
.grid { stroke: var(--faint); } .axis { stroke: var(--quiet); }
svg .area { fill: var(--faint); } svg .throughput { fill: var(--level-2); }
.line { stroke: var(--ink); stroke-width: 1.8; } .limit { stroke: var(--quiet); stroke-dasharray: 4 3; }
.casing { stroke: var(--bg); stroke-width: 3; stroke-opacity: .6; }
.mark { stroke: var(--ink); } .mark.fault { stroke-width: 2; } .mark.after { stroke-dasharray: 5 3; }
.legend { display: flex; flex-wrap: wrap; gap: 6px 28px; margin-top: 10px; font-size: 12px; }
.legend div { display: flex; flex-wrap: wrap; gap: 2px 12px; } .legend dt { font-weight: 600; }
.legend dd { white-space: nowrap; } .swatch { vertical-align: -1px; }

@media screen and (max-width: 1000px) {${cards(':is(main, section) > .rows')}}
@media screen and (max-width: 600px) {${cards('article .rows')}}
@media screen and (max-width: 600px) {
  main { padding: 20px 16px 48px; } h1 { font-size: 23px; } main > header { padding-left: 12px; }
}
@media print {
  @page { size: A4; margin: 13mm 12mm; }
  :root { color-scheme: light; }
  main { padding: 0; max-width: none; } body { font-size: 12px; } table { font-size: 10px; } th, td { padding: 3px 5px; } :is(th, td).left, tbody th { white-space: normal; }
  .scroll { overflow: visible; } .canvas { min-width: 0; } .row-names { position: static; }
  article { break-inside: avoid; break-before: page; border-top: 0; padding-top: 0; margin-top: 0; } tr { break-inside: avoid; }
  h1 { font-size: 22px; } h2 { font-size: 16px; } .figures { grid-template-columns: 1.4fr repeat(5, 1fr); font-size: 10px; margin: 12px 0; } .figures .value { font-size: 15px; }
  .legend, summary, details ul, footer, caption { font-size: 10px; }
  details:not([open]) { display: none; } a { color: inherit; text-decoration: none; }
}
`;
