export const mallStyle = `
:root { --ink: #1d2129; --ink-2: #4e5663; --ink-3: #6b7280; --line: #eceef1; --ground: #f4f5f7; --paper: #fff; --gold: #8a6116 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef0f4; --ink-2: #c2c8d2; --ink-3: #98a0ad; --line: #2b3038; --ground: #14161a; --paper: #1d2025; --gold: #e3bd76 }
}
* { box-sizing: border-box; margin: 0 }
body { max-width: 640px; margin: 0 auto; background: var(--ground); color: var(--ink);
  font: 14px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif; font-variant-numeric: tabular-nums }
.hero { display: block; width: 100%; aspect-ratio: 1; object-fit: cover }
header { padding: 28px 16px 8px }
header p { color: var(--ink-3) }
main { padding: 16px }
.hero + main { background: var(--paper); border-radius: 16px 16px 0 0; margin-top: -16px; position: relative; padding: 20px 16px 32px }
.brand { color: var(--ink-3); font-size: 12px }
h1 { font-size: 20px; font-weight: 600; line-height: 1.4 }
h2 { font-size: 14px; font-weight: 600; margin: 24px 0 12px }
.price { font-size: 20px; font-weight: 600; color: var(--gold); margin-top: 4px }
.facts { list-style: none; padding: 0; margin-top: 16px; border-top: 1px solid var(--line); color: var(--ink-2) }
.facts li { padding: 12px 0; border-bottom: 1px solid var(--line) }
.shelf { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px }
.shelf a { color: inherit; text-decoration: none; font-size: 12px; min-width: 0 }
.shelf img { display: block; width: 100%; border-radius: 10px; margin-bottom: 6px }
.shelf span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.shelf em { font-style: normal; color: var(--ink-3) }
`
