import { Html } from '../../html.ts';

/** The look of every page of OS Administration. */
export const style = new Html(`<style>
:root { color-scheme: light; --line: #c3ced6; --blue: #0b5a82; --pale: #f3f6f8 }
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; background: #eef2f5; color: #22303c }
header { display: flex; align-items: baseline; padding: 12px 28px; background: #12384f; color: #fff }
header b { font-size: 17px; font-weight: 600 } header .who { margin-left: auto } header a { color: #fff }
nav { padding: 0 20px; background: #1c4e6b } nav > div { display: inline-block; position: relative }
nav button { padding: 9px 12px; border: 0; background: none; color: #fff; font: inherit; cursor: pointer }
nav .menu { display: none; position: absolute; z-index: 1; min-width: 220px; background: #fff; border: 1px solid var(--line) }
nav > div:hover .menu, nav > div:focus-within .menu { display: block }
nav ul { margin: 0; padding: 6px 0; list-style: none } nav .menu a { display: block; padding: 6px 14px }
a { color: var(--blue); text-decoration: none } a:hover { text-decoration: underline }
main { max-width: 1180px; margin: 20px auto; padding: 20px 28px 28px; background: #fff; border: 1px solid var(--line); border-radius: 6px }
main.narrow { max-width: 380px; margin-top: 9vh }
h1 { margin: 0 0 14px; font-size: 19px; font-weight: 600 } h2 { margin: 22px 0 8px; font-size: 14px; color: var(--blue) }
.status { margin: 0 0 16px; padding: 9px 14px; border-left: 4px solid #2d8a4e; background: #eef8f1 }
.status.refused { border-color: #c0392b; background: #fdf0ee } .status p { margin: 0 }
.bar { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 16px } .bar form { margin: 0 }
.cuesButton, .cuesLoginButton { padding: 6px 14px; border: 1px solid var(--blue); border-radius: 4px; background: var(--blue); color: #fff; font: inherit; cursor: pointer }
a.cuesButton, button[type=reset] { background: #fff; color: var(--blue) } a.cuesButton:hover { background: #eaf3f8; text-decoration: none }
.wide { overflow-x: auto } table { width: 100%; border-collapse: collapse }
th, td { padding: 6px 10px; border-bottom: 1px solid #e1e7eb; text-align: left; white-space: nowrap }
td:last-child { min-width: 150px; white-space: normal }
th { background: var(--pale); font-weight: 600 } tbody tr:hover { background: #f8fafb } td.past { color: #c0392b; font-weight: 600 }
.fields { display: grid; grid-template-columns: 200px minmax(0, 460px); gap: 10px 16px; align-items: center; margin-bottom: 18px }
.fields label { text-align: right } .narrow .fields { grid-template-columns: 1fr; gap: 4px } .narrow .fields label { margin-top: 8px; text-align: left }
input, select, textarea { width: 100%; box-sizing: border-box; padding: 6px 8px; border: 1px solid #9db0bd; border-radius: 4px; background: #fff; font: inherit }
input.cuesButton { width: auto; background: var(--blue) } input[readonly], textarea[readonly] { background: var(--pale) } textarea { min-height: 66px }
pre { padding: 12px 14px; overflow-x: auto; background: var(--pale); border-radius: 4px; font-size: 12.5px } .hint { color: #5a6b77 }
</style>`);
