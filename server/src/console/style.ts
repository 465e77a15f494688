/** On top of the style of all pages: wider, denser, lists in rows. */
export const consoleStyle = `
main{max-width:960px;gap:20px}
body{font-size:15px}
.top{background:var(--paper);border-bottom:1px solid var(--line)}
.top div{max-width:960px;margin:0 auto;padding:0 16px;display:flex;align-items:center;gap:4px;overflow-x:auto}
.top b{font-weight:600;margin-right:12px;white-space:nowrap}
.top a{display:grid;place-items:center;min-height:48px;padding:0 10px;color:var(--ink2);text-decoration:none;font-size:15px;white-space:nowrap}
.top a[aria-current]{color:var(--ink);font-weight:500;box-shadow:inset 0 -2px var(--accent)}
.head{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:12px}
.head form,.row form{display:block}
.head .button{width:auto;min-height:44px;padding:0 18px;font-size:15px;border-radius:10px}
h2{font-size:14px;margin-bottom:4px}
.card{border-radius:10px;padding:16px;gap:0}
.list{gap:0}
.list>li{padding:12px 0;border-top:1px solid var(--line);display:grid;gap:4px;color:var(--ink)}
.list>li:first-child{border-top:0;padding-top:4px}
.list>li:last-child{padding-bottom:0}
.check-row{grid-template-columns:20px minmax(7.5em,11em) 1fr;column-gap:10px;align-items:baseline}
.list>.check-row{padding:8px 0}
.check-row .fix{grid-column:3}
.fix{display:grid;gap:4px}
.fix li{padding-left:14px;position:relative;color:var(--ink2)}
.fix li::before{content:"";position:absolute;left:0;top:.68em;width:5px;height:5px;border-radius:50%;background:var(--accent)}
.sign{font-weight:600;text-align:center}
.ok .sign{color:var(--green)}.warn .sign{color:var(--gold)}.fail .sign{color:var(--red)}.skipped .sign,.waiting .sign{color:var(--ink3)}
.skipped .found,.waiting .found{color:var(--ink3)}
.tally{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:14px;color:var(--ink2)}
.row{align-items:start;gap:16px}
.row>div{min-width:0;display:grid;gap:4px}
.row .button.quiet{min-height:44px}
.title{font-weight:500;color:var(--ink)}
.links{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:12px}
.links a{display:grid;gap:4px;align-content:start;background:var(--paper);border-radius:10px;padding:16px;color:inherit;text-decoration:none;min-height:76px}
.links a b{font-weight:500;color:var(--accent)}
.empty{color:var(--ink2)}
.back{color:var(--accent);text-decoration:none;min-height:44px;display:inline-flex;align-items:center}
@media (max-width:560px){
.check-row{grid-template-columns:20px 1fr}
.check-row .found,.check-row .fix{grid-column:2}
.row{flex-wrap:wrap}
.row form,.row .button.quiet{width:100%}
}
`
