import { Html } from '../html.ts';

/** The look of the web enrolment pages. */
export const style = new Html(`<style>
body { margin: 0; font: 14px/1.5 "Segoe UI", system-ui, sans-serif; background: #f4f6f8; color: #1f2933 }
header { display: flex; padding: 10px 28px; background: #0063b1; color: #fff } header b { font-weight: 600 } header a { margin-left: auto; color: #fff }
main { max-width: 820px; margin: 20px auto; padding: 20px 30px 28px; background: #fff; border: 1px solid #cbd5dd; border-radius: 6px }
h1 { margin: 0 0 14px; font-size: 19px; font-weight: 600 } h2 { margin: 20px 0 6px; font-size: 14px }
a { color: #0063b1 } ul { padding-left: 20px } li { margin: 6px 0 }
label { display: block; margin: 12px 0 4px; font-weight: 600 } label.choice { display: inline; margin-right: 18px; font-weight: 400 }
textarea, select { width: 100%; box-sizing: border-box; padding: 7px 9px; border: 1px solid #9fb0bd; border-radius: 4px; background: #fff; font: inherit }
textarea { min-height: 150px; font: 12.5px/1.4 ui-monospace, monospace }
button { margin-top: 16px; padding: 6px 18px; border: 0; border-radius: 4px; background: #0063b1; color: #fff; font: inherit; cursor: pointer }
.why { padding: 9px 14px; border-left: 4px solid #c0392b; background: #fdf0ee }
</style>`);
