/** The middle of some figures, and how far the quarter above and the quarter below it are away. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

const rounded = (figure: number) => (figure < 10 ? figure.toFixed(2) : figure.toFixed(0));

/** As "52 ms (50 to 55)". */
export const spreadInWords = ({ median, low, high }: Spread, unit: string) =>
  `${rounded(median)} ${unit} (${rounded(low)} to ${rounded(high)})`;

/** As "1.30". */
export const ratio = (figure: Spread, to: Spread) => (figure.median / to.median).toFixed(2);

/** Prints rows as a table of Markdown. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  for (const row of [head, head.map(() => "---"), ...rows]) console.log(`| ${row.join(" | ")} |`);
}
