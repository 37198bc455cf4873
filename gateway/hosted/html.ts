import { escapeHtml } from "../messages/message-texts";
import type { HostedAnswer } from "./exchange";

export interface Page {
  readonly title: string;
  /** What went wrong. It is read out at once. */
  readonly alert?: string;
  /** What has happened. */
  readonly notice?: string;
  /** HTML: everything in it must have been escaped. */
  readonly body: string;
  readonly status?: number;
  readonly cookies?: readonly string[];
}

/** A plain page, without scripts. */
export const page = ({ title, alert, notice, body, status, cookies }: Page): HostedAnswer => ({
  status: status ?? (alert === undefined ? 200 : 400),
  cookies,
  headers: {
    "content-type": "text/html; charset=utf-8",
    // No form-action: browsers apply it to the redirects after a form, and an app client may redirect anywhere.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    // The address holds the state of the app client. A form still says from which site it comes.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
  },
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
body { font-family: system-ui, sans-serif; line-height: 1.5; max-width: 24rem; margin: 2rem auto; padding: 0 1rem }
label, input, button, .door { display: block; box-sizing: border-box; width: 100% }
input, button, .door { font: inherit; padding: 0.5rem; margin: 0.25rem 0 1rem; border: 1px solid #595959 }
button { background: #0b5394; color: #fff; border-color: #0b5394; cursor: pointer }
.door { color: #0b5394; text-align: center }
p { overflow-wrap: anywhere }
.alert, .notice { padding: 0.5rem; border-left: 4px solid #b00020; background: #fdecea }
.notice { border-color: #1b6e3c; background: #e8f5ec }
:focus-visible { outline: 3px solid #0b5394; outline-offset: 2px }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${alert === undefined ? "" : `<p class="alert" role="alert">${escapeHtml(alert)}</p>`}
${notice === undefined ? "" : `<p class="notice" role="status">${escapeHtml(notice)}</p>`}
${body}
</main>
</body>
</html>
`,
});

interface Field {
  readonly name: string;
  readonly label: string;
  /** What a browser may fill in by itself. */
  readonly autocomplete: string;
  /** @default text */
  readonly type?: "text" | "password" | "email" | "tel";
  readonly value?: string;
  readonly isCode?: boolean;
}

export const field = ({ name, label, autocomplete, type = "text", value = "", isCode }: Field): string =>
  `<label for="${escapeHtml(name)}">${escapeHtml(label)}</label>
<input id="${escapeHtml(name)}" name="${escapeHtml(name)}" type="${type}" autocomplete="${autocomplete}" value="${escapeHtml(value)}"${isCode ? ' inputmode="numeric"' : ""} required>`;

export const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;

/** A form that is sent to an address of this server. */
export const form = (action: string, fields: readonly string[], button: string): string =>
  `<form method="post" action="${escapeHtml(action)}">
${fields.join("\n")}
<button>${escapeHtml(button)}</button>
</form>`;

export const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;

export const link = (href: string, text: string): string =>
  `<p><a href="${escapeHtml(href)}">${escapeHtml(text)}</a></p>`;

/** A link that looks like a button. */
export const door = (href: string, text: string): string =>
  `<a class="door" href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
