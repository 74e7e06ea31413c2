/** Width of the chat, and so of the picture, in CSS pixels. */
export const PAGE_WIDTH = 720;

/** Style sheet of a chat in a dark theme. It resembles Discord, but its colours, sizes and shapes are our own. */
export const CHAT_STYLE = `
:root {
  --page: #2a2c33; --card: #23252b; --line: #3e414b; --text: #e3e5ea; --strong: #ffffff; --muted: #a3a8b5;
  --link: #6cb2ff; --button: #454955; --blue: #4f66d8; --green: #2c8455; --red: #c5404a; --code: #1d1f24;
}
* { box-sizing: border-box; margin: 0; padding: 0; }
html, body { width: ${PAGE_WIDTH}px; background: transparent; }
body {
  color: var(--text); font: 15px/1.45 "Inter", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial,
    "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji", sans-serif;
  -webkit-font-smoothing: antialiased; overflow-wrap: anywhere;
}
a { color: var(--link); text-decoration: none; }
code, pre { font-family: "JetBrains Mono", "SF Mono", Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; font-size: .86em; }
.chat { background: var(--page); border-radius: 12px; padding: 11px 0 13px; overflow: hidden; }
.message { display: grid; grid-template-columns: 42px minmax(0, 1fr); column-gap: 14px; padding: 11px 26px 11px 20px; }
.message.ephemeral { background: #2f3447; box-shadow: inset 3px 0 #6f7fe0; }
.avatar { width: 42px; height: 42px; border-radius: 50%; display: grid; place-items: center; color: #fff; font-weight: 600; font-size: 17px; }
.avatar.tiny { width: 17px; height: 17px; font-size: 9px; flex: none; }
.body { min-width: 0; }
.occasion { grid-column: 1 / -1; display: flex; align-items: center; gap: 6px; min-width: 0; margin: 0 0 7px 20px; font-size: 13.5px; color: var(--muted); }
.occasion .hook { flex: none; width: 32px; height: 9px; margin: 11px 2px 0 0; border: 2px solid #565b68; border-width: 2px 0 0 2px; border-radius: 6px 0 0 0; }
.occasion .who { flex: none; color: var(--text); font-weight: 600; }
.occasion .excerpt { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.occasion .excerpt.placeholder { font-style: italic; }
.occasion .command { color: var(--link); }
.header { display: flex; align-items: baseline; gap: 8px; margin-bottom: 2px; line-height: 1.3; }
.name { color: var(--strong); font-weight: 600; font-size: 16px; }
.time, .edited, .notice { color: var(--muted); font-size: 12.5px; }
.badge { align-self: center; background: var(--blue); color: #fff; border-radius: 4px; padding: 1px 5px; font-size: 10.5px; font-weight: 700; letter-spacing: .03em; line-height: 1.35; }
.notice { display: flex; align-items: center; gap: 6px; margin-top: 7px; }
.notice svg { width: 16px; height: 16px; flex: none; }
.lines { white-space: pre-wrap; }
.subtext { color: var(--muted); font-size: .84em; white-space: pre-wrap; }
.subtext strong { color: #c6cad4; }
.heading { color: var(--strong); font-weight: 700; line-height: 1.3; margin: 6px 0 4px; }
.heading:first-child { margin-top: 0; }
.heading.level-1 { font-size: 1.42em; } .heading.level-2 { font-size: 1.22em; } .heading.level-3 { font-size: 1.06em; }
.item { display: flex; gap: 8px; } .item .marker { flex: none; min-width: 10px; }
.item > div { min-width: 0; white-space: pre-wrap; }
blockquote { border-left: 4px solid #5a5f6d; border-radius: 3px; padding: 1px 0 1px 12px; margin: 2px 0 4px; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: 9px 11px; margin: 5px 0; white-space: pre-wrap; }
code { background: var(--code); border-radius: 4px; padding: 1px 5px; }
strong { color: var(--strong); font-weight: 700; }
.spoiler { background: #16171b; color: transparent; border-radius: 4px; padding: 0 3px; }
.spoiler * { visibility: hidden; }
.mention { background: #3d4670; color: #cfd7ff; border-radius: 4px; padding: 0 3px; font-weight: 500; }
.time-mark { background: #3a3d47; border-radius: 4px; padding: 0 3px; }
.emoji { width: 1.22em; height: 1.22em; vertical-align: -.24em; }
.card, .embed { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--accent, var(--line)); border-radius: 8px; margin-top: 6px; }
.card { padding: 15px 18px 16px 15px; display: flex; flex-direction: column; gap: 10px; }
.card.plain { border-left-width: 1px; padding-left: 18px; }
.embed { padding: 11px 16px 13px 13px; max-width: 560px; }
.embed > * + * { margin-top: 7px; }
.embed .title { color: var(--strong); font-weight: 600; font-size: 16px; }
.embed .author, .embed .field-name { color: var(--strong); font-weight: 600; font-size: 14px; }
.embed .description, .embed .field { font-size: 14.5px; }
.embed .fields { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; }
.embed .field { grid-column: 1 / -1; } .embed .field.inline { grid-column: auto; }
.embed .footer { color: var(--muted); font-size: 12.5px; }
.loose { margin-top: 6px; display: flex; flex-direction: column; gap: 9px; }
.section { display: flex; gap: 14px; align-items: flex-start; }
.section .texts { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 4px; }
.separator { height: 1px; margin: 2px 0; } .separator.large { margin: 9px 0; }
.separator.line { background: var(--line); }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
.button { display: inline-flex; align-items: center; justify-content: center; gap: 7px; min-width: 44px; min-height: 33px; padding: 4px 14px; border-radius: 8px; background: var(--button); color: #fff; font-size: 14px; font-weight: 500; line-height: 1.3; }
.button.primary { background: var(--blue); } .button.success { background: var(--green); } .button.danger { background: var(--red); }
.button.disabled { opacity: .42; }
.button svg.external { width: 13px; height: 13px; }
.select { display: flex; align-items: center; gap: 12px; width: 100%; max-width: 430px; min-height: 40px; padding: 6px 13px; border-radius: 8px; border: 1px solid var(--line); background: var(--code); font-size: 14.5px; }
.select .label { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.select .label.empty { color: var(--muted); }
.select svg { width: 12px; height: 12px; flex: none; }
.select.disabled { opacity: .5; }
`;
