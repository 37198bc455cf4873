import type { Claims } from "../session";

/** A token's claims by name. They are hidden until a person opens the list. */
export function ClaimList({ title, claims }: { readonly title: string; readonly claims: Claims }) {
  return (
    <details>
      <summary>{title}</summary>
      <dl className="claims">
        {Object.entries(claims).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{shown(name, value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

const times = ["auth_time", "exp", "iat"];

/** A claim as text. Times are seconds since 1970, so the clock time is added. */
function shown(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" && times.includes(name))
    return `${value} (${new Date(value * 1000).toLocaleTimeString()})`;
  return JSON.stringify(value);
}
