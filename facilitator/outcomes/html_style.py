"""The look of the HTML report: one sheet for the screen, light and dark, and for paper. System fonts only."""

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --ink: #1d2129; --soft: #5b6270; --line: #dedbd2; --wash: #f4f1e9; --link: #0b5c7a;
  --for: #1f7a6d; --partly: #5d9f92; --neutral: #8f8b80; --against: #b4532a; --on: #fff;
  --warn: #fdf3d8; --warn-line: #d8a624;
  --added: #d9f0e3; --removed: #f7dcd3; --target: #fff3c4;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", "Noto Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) { :root {
  --paper: #16181d; --ink: #e9e6df; --soft: #a4a8b1; --line: #353943; --wash: #1f2229; --link: #7cc4de;
  --for: #4fb3a2; --partly: #35776d; --neutral: #7d818c; --against: #e08a5f; --on: #10130f;
  --warn: #332b14; --warn-line: #b58a1c;
  --added: #1d4433; --removed: #552c20; --target: #4a4117;
} }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1.5rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 var(--sans); overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: .06em; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; z-index: 1; }
.page { max-width: 78rem; margin: 0 auto; padding: 0 1.25rem 6rem; }
.cover { padding: clamp(2.5rem, 7vw, 6rem) 0 clamp(1.5rem, 4vw, 3rem); border-bottom: 1px solid var(--line); }
.cover .kind { margin: 0 0 1rem; color: var(--soft); font-size: .875rem; }
h1, h2, h3, h4, h5 { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(2.1rem, 5.5vw, 3.75rem); letter-spacing: -.015em; }
.cover .sub { margin: .9rem 0 0; font: 1.2rem/1.4 var(--serif); color: var(--soft); }
h2 { font-size: clamp(1.6rem, 3vw, 2.15rem); padding-top: 3.5rem; margin-bottom: 1.1rem; letter-spacing: -.01em; }
h3 { font-size: 1.35rem; padding-top: 2.4rem; margin-bottom: .7rem; }
h4, h5 { font-size: 1.08rem; padding-top: 1.7rem; margin-bottom: .5rem; }
p { margin: .6rem 0; max-width: 42rem; white-space: pre-line; }
.narrow { max-width: 52rem; }
.toc { padding-top: 1.5rem; font-size: .9rem; }
.toc h2 { font: 600 .9rem/1.4 var(--sans); padding: 0; margin-bottom: .5rem; color: var(--soft); letter-spacing: 0; }
.toc ol { list-style: none; margin: 0; padding: 0; }
.toc ol ol { padding-left: .9rem; border-left: 1px solid var(--line); margin: .15rem 0 .5rem; }
.toc a { display: block; padding: .2rem 0; color: var(--ink); text-decoration: none; line-height: 1.35; }
.toc li li a { color: var(--soft); }
.toc a:hover { color: var(--link); text-decoration: underline; }
main { padding-top: 1.5rem; }
@media (max-width: 63.99rem) { .toc ol ol { display: none; } }
@media (min-width: 64rem) {
  .spread { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 4rem; }
  .toc nav { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding: 1.5rem 0; }
  .toc { padding-top: .5rem; }
}
dl { margin: .8rem 0; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1.25rem; font-size: .925rem; }
dl.facts dt { color: var(--soft); }
dl dd { margin: 0; font-variant-numeric: tabular-nums; }
dl.large { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: 1.25rem 2rem;
  margin: 2.25rem 0 0; }
dl.large div { display: flex; flex-direction: column-reverse; border-top: 2px solid var(--ink); padding-top: .6rem; }
dl.large dd { font: 600 2.3rem/1.1 var(--serif); font-variant-numeric: lining-nums tabular-nums; }
dl.large dt { color: var(--soft); font-size: .9rem; }
blockquote footer { font: .875rem/1.4 var(--sans); font-style: normal; color: var(--soft); margin-top: .35rem; }
blockquote { margin: 1rem 0; padding: 0 0 0 1.1rem; border-left: 3px solid var(--line);
  font: italic 1.12rem/1.5 var(--serif); max-width: 42rem; white-space: pre-line; }
.note { color: var(--soft); font-size: .925rem; }
.warning { color: var(--ink); background: var(--warn); border-left: 3px solid var(--warn-line); padding: .6rem .9rem;
  border-radius: 0 4px 4px 0; }
ul, ol.list { padding-left: 1.2rem; max-width: 46rem; }
li { margin: .4rem 0; white-space: pre-line; }
li::marker { color: var(--soft); }
.ref { font-variant-numeric: tabular-nums; }
.statement { margin: 1.5rem 0 2.25rem; padding: 1.3rem 1.4rem 1rem; background: var(--wash); border-radius: 6px; }
.statement .code { color: var(--soft); font-size: .85rem; font-variant-numeric: tabular-nums; }
.statement .code b { font-weight: 600; color: var(--ink); }
.statement .wording { margin: .1rem 0 .9rem; font: 600 1.3rem/1.4 var(--serif); }
.statement ul { font-size: .9rem; color: var(--soft); }
.diff { font-size: .95rem; }
.diff figcaption { color: var(--soft); font-size: .85rem; }
figure { margin: .9rem 0; }
ins { background: var(--added); text-decoration: underline; text-underline-offset: .2em; border-radius: 2px; }
del { background: var(--removed); border-radius: 2px; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0 1.5rem; font-size: .925rem; line-height: 1.45; }
.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding-bottom: .45rem; }
th { overflow-wrap: normal; text-align: left; font-weight: 600; font-size: .82rem; color: var(--soft);
  vertical-align: bottom; }
th, td { padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line); }
thead th { border-bottom-color: var(--ink); }
td { vertical-align: top; white-space: pre-line; }
th:last-child, td:last-child { padding-right: 0; }
.number, .rank { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.rank { width: 4.5rem; }
td.moment, span.moment, td.code { font-variant-numeric: tabular-nums; white-space: nowrap; }
td.moment, span.moment { color: var(--soft); font-size: .85rem; }
td.main { min-width: 16rem; }
.tie { color: var(--soft); font-size: .8rem; }
.muted td { color: var(--soft); }
.drawn { margin: 1.4rem 0 1.2rem; }
.drawn figcaption { font-weight: 600; font-size: .95rem; margin-bottom: .7rem; }
.chart { overflow-x: auto; max-width: 44rem; }
.chart:focus-visible { outline: 3px solid var(--link); outline-offset: 4px; }
.chart svg { display: block; width: 100%; min-width: 34rem; height: auto; font-family: var(--sans);
  font-variant-numeric: tabular-nums; }
.t-for { fill: var(--for); } .t-partly { fill: var(--partly); } .t-neutral { fill: var(--neutral); }
.t-against { fill: var(--against); } .track { fill: var(--wash); } .rule { stroke: var(--line); }
.ink { fill: var(--ink); } .soft { fill: var(--soft); } .on { fill: var(--on); }
.photos { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 1.5rem 1.75rem;
  margin: 1rem 0 1.5rem; align-items: start; }
.photo { margin: 0; }
.photo img { display: block; width: 100%; height: auto; border-radius: 4px; background: var(--wash); }
.photo figcaption { font-size: .9rem; line-height: 1.4; margin-top: .5rem; }
.photo figcaption b { display: block; font-weight: 600; }
.photo figcaption span { color: var(--soft); font-size: .85rem; }
:target { background: var(--target); }
@media (max-width: 40rem) {
  table, tbody, tr, td, caption:not(.quiet) { display: block; width: auto; }
  table { position: relative; }
  thead { display: none; }
  tr { border-bottom: 1px solid var(--line); padding: .55rem 0; }
  td, td:last-child { border: 0; padding: .12rem 0; min-width: 0; }
  td.rank, td.number, td.main { text-align: start; width: auto; min-width: 0; white-space: pre-line; }
  td[data-label]::before { content: attr(data-label) "  "; color: var(--soft); font-size: .82rem; }
  td.first[data-label]::before, td.main[data-label]::before { content: none; }
  td.first.rank::before { content: attr(data-label) "  "; font-weight: 400; }
  td.first { font-weight: 600; }
  td.empty { display: none; }
  dl.facts { grid-template-columns: minmax(5.5rem, max-content) minmax(0, 1fr); gap: .15rem .9rem; }
  dl.large { grid-template-columns: repeat(2, 1fr); }
  .statement { margin-left: -.5rem; margin-right: -.5rem; padding: 1.1rem 1rem .8rem; }
}
@page { size: A4; margin: 20mm 18mm 22mm; @bottom-right { content: counter(page); font: 9pt sans-serif; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #111; --soft: #555; --line: #ccc; --wash: #f3f1ea; --link: #111;
    --for: #1f7a6d; --partly: #5d9f92; --neutral: #8f8b80; --against: #b4532a; --on: #fff;
  --warn: #fdf3d8; --warn-line: #d8a624;
    --added: #d9f0e3; --removed: #f7dcd3; --target: transparent; }
  html { font-size: 10pt; }
  body { line-height: 1.45; }
  .page { max-width: none; padding: 0; }
  .skip { display: none; }
  .spread { display: block; }
  .toc nav { position: static; max-height: none; overflow: visible; }
  .new-page { break-before: page; }
  .new-page > h2 { padding-top: 0; }
  h1, h2, h3, h4, h5, caption, thead { break-after: avoid; }
  .statement, tr, blockquote, figure, li { break-inside: avoid; }
  thead { display: table-header-group; }
  p, li { orphans: 3; widows: 3; }
  a { text-decoration: none; }
  .photos { grid-template-columns: 1fr 1fr; }
  .photo img { max-height: 95mm; width: auto; max-width: 100%; }
  .chart { overflow: visible; max-width: 100%; }
  .chart svg { min-width: 0; }
  .chart, .statement, ins, del, .warning { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""
