/** The one stylesheet of every page the server draws itself: small enough to travel inside the page. */
export const style = `
:root{color-scheme:light dark;--ground:#f5f3f0;--paper:#fff;--ink:#211f1c;--ink2:#5f5a53;--ink3:#736d65;--line:#e8e4de;
--accent:#1d5fc4;--onaccent:#fff;--gold:#7d5a12;--goldbg:#f8eed6;--red:#b3261e;--redbg:#fcecea;--green:#1b6b3a}
@media (prefers-color-scheme:dark){:root{--ground:#131211;--paper:#1d1c1a;--ink:#f0ede8;--ink2:#b5afa6;--ink3:#9a948b;
--line:#32302c;--accent:#7fb0ff;--onaccent:#0c1a30;--gold:#e6c987;--goldbg:#3a2f18;--red:#ff9d94;--redbg:#3a201d;--green:#7fd6a0}}
*{box-sizing:border-box;margin:0}
html{-webkit-text-size-adjust:100%}
body{background:var(--ground);color:var(--ink);font:16px/1.6 -apple-system,BlinkMacSystemFont,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;
font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:460px;margin:0 auto;padding:20px 16px calc(32px + env(safe-area-inset-bottom));display:grid;gap:16px}
h1{font-size:22px;line-height:1.35;font-weight:600}
h2{font-size:14px;font-weight:500;color:var(--ink2)}
p,li{color:var(--ink2);font-size:15px}
.small{font-size:13px;color:var(--ink3)}
.card{background:var(--paper);border-radius:14px;padding:20px;display:grid;gap:16px}
.host{display:flex;align-items:center;gap:12px;min-width:0}
.face{flex:none;width:44px;height:44px;border-radius:50%;background:var(--goldbg);color:var(--gold);display:grid;place-items:center;font-size:18px;font-weight:500}
.host b{display:block;font-size:16px;font-weight:600;line-height:1.35;color:var(--ink)}
.host span span{display:block;font-size:13px;line-height:1.5;color:var(--ink2)}
.lead{display:grid;gap:8px}
ul{padding:0;list-style:none;display:grid;gap:6px}
ul.plain li{padding-left:14px;position:relative}
ul.plain li::before{content:"";position:absolute;left:0;top:.7em;width:5px;height:5px;border-radius:50%;background:var(--gold)}
form,.field{display:grid;gap:16px}
fieldset{border:0;padding:0;min-width:0;display:grid;gap:8px}
legend{padding:0 0 8px}
.away{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);border:0;padding:0}
.field{gap:6px}
label,.label{font-size:14px;font-weight:500;color:var(--ink)}
label .small,.label .small{font-weight:400}
input[type=text],input[type=tel],input[type=date]{width:100%;min-width:0;height:48px;padding:0 14px;font:inherit;font-size:16px;color:var(--ink);
background:var(--ground);border:1px solid var(--line);border-radius:10px;appearance:none;-webkit-appearance:none;text-align:left}
input::-webkit-date-and-time-value{text-align:left}
input:focus-visible,button:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
input[aria-invalid=true]{border-color:var(--red)}
.pair{display:grid;grid-template-columns:1fr auto;gap:8px}
.check{display:grid;grid-template-columns:24px 1fr;gap:10px;align-items:start;font-weight:400;font-size:14px;line-height:1.55;color:var(--ink2);min-height:44px;padding:4px 0}
.check input{width:22px;height:22px;margin:0;accent-color:var(--accent)}
.check b{color:var(--ink);font-weight:500}
.button{display:grid;place-items:center;width:100%;min-height:50px;padding:0 20px;font:inherit;font-size:17px;font-weight:500;color:var(--onaccent);background:var(--accent);
border:0;border-radius:12px;text-decoration:none;cursor:pointer;-webkit-tap-highlight-color:transparent}
.button.quiet{width:auto;min-height:48px;padding:0 14px;font-size:15px;color:var(--accent);background:none;border:1px solid var(--line);border-radius:10px;white-space:nowrap}
.button:active{opacity:.85}
.error{font-size:14px;color:var(--red)}
.notice{font-size:14px;color:var(--green)}
.alert{padding:12px 14px;border-radius:10px;font-size:14px;background:var(--redbg);color:var(--red)}
.member{background:linear-gradient(135deg,#3b3226,#1f1b16);color:#f3e4c3;border-radius:14px;padding:22px 20px;display:grid;gap:26px;box-shadow:0 8px 24px rgb(0 0 0/.12)}
.member h2,.member .small{color:#d6c094}
.member strong{font-size:24px;font-weight:500;letter-spacing:.06em;line-height:1.3}
.row{display:flex;justify-content:space-between;gap:12px;align-items:baseline}
.ticket{padding:0;overflow:hidden;gap:0}
.worth{background:var(--redbg);padding:24px 20px 20px;display:grid;gap:2px;justify-items:start}
.worth strong{font-size:40px;line-height:1.15;font-weight:600;color:var(--red)}
.worth p{color:var(--red);font-size:14px}
.worth h1{margin-top:10px}
.worth.spent{background:var(--line)}
.worth.spent strong,.worth.spent p{color:var(--ink2)}
.code{padding:22px 20px;display:grid;gap:14px;justify-items:center;border-top:1px dashed var(--line)}
.code svg{width:184px;height:184px;padding:10px;border-radius:10px;background:#fff}
.code strong{font-size:22px;font-weight:600;letter-spacing:.08em;user-select:all}
.rest{padding:16px 20px 20px;display:grid;gap:10px;border-top:1px solid var(--line)}
dl{display:grid;grid-template-columns:5em 1fr;gap:6px 12px;font-size:14px}
dt{color:var(--ink3)}dd{margin:0;color:var(--ink2)}
.picture{width:100%;aspect-ratio:1;object-fit:cover;border-radius:14px;background:var(--line);display:block}
.price{font-size:22px;font-weight:600;color:var(--ink)}
.keep{white-space:nowrap}
details{font-size:13px;color:var(--ink3)}summary{min-height:44px;display:flex;align-items:center;cursor:pointer}
`
