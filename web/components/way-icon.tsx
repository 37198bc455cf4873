import type { WayName } from "../config";

/** An envelope that was opened, or somebody without a face; it says nothing that the title does not. */
export function WayIcon({ way }: { readonly way: WayName }) {
  return (
    <svg className="way-icon" viewBox="0 0 24 24" aria-hidden="true">
      {way === "verified" ? (
        <path d="M3 7.5v11h18v-11M3 7.5 12 2l9 5.5-9 6.5zM9 18.5" />
      ) : (
        <path d="M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM4 21c.6-4 3.8-6 8-6s7.4 2 8 6" strokeDasharray="2.6 2.2" />
      )}
    </svg>
  );
}
