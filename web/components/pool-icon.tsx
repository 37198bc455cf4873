import type { Pool } from "../pool";

/** An open envelope, a person, or an identity card. It only decorates: the title says the same in words. */
export function PoolIcon({ pool: { signIn, anonymous } }: { readonly pool: Pool }) {
  return (
    <svg className="pool-icon" viewBox="0 0 24 24" aria-hidden="true">
      {signIn === "email" && <path d="M3 7.5v11h18v-11M3 7.5 12 2l9 5.5-9 6.5zM9 18.5" />}
      {signIn === "username" && (
        <path
          d="M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM4 21c.6-4 3.8-6 8-6s7.4 2 8 6"
          strokeDasharray={anonymous ? "2.6 2.2" : undefined}
        />
      )}
      {signIn === "username-or-alias" && (
        <path d="M2.5 5h19v14h-19zM8 11.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5 16c.3-1.8 1.4-2.7 3-2.7s2.7.9 3 2.7M14 9.5h4.5M14 13.5h4.5" />
      )}
    </svg>
  );
}
