/** Text as HTML shows it, in an attribute too. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The text that was escaped, once: of `&amp;lt;` it makes `&lt;`. */
export function unescapeHtml(html: string): string {
  return html.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,6})|#x([\da-f]{1,5}));/gi, (all, name, decimal, hex) => {
    if (name) return NAMED[name.toLowerCase()] ?? all;
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
  });
}

const BODY = "font-family:sans-serif;line-height:1.5;color:#222;max-width:40em";
const CODE = "font-family:monospace;font-size:1.5em;white-space:pre-wrap;overflow-wrap:anywhere";

/** A paragraph of a mail, escaped already. */
export interface Paragraph {
  readonly html: string;
  /** Whether it is the code, alone. */
  readonly isCode: boolean;
}

/** A whole mail. It has no pictures, links or style sheets: nothing to block, to follow or to track. */
export function mailHtml(language: string, paragraphs: readonly Paragraph[]): string {
  const body = paragraphs.map(({ html, isCode }) => (isCode ? `<p style="${CODE}">${html}</p>` : `<p>${html}</p>`));
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"></head>
<body style="${BODY}">
${body.join("\n")}
</body></html>`;
}
