import { useEffect, useState } from "preact/hooks";
import type { AppSecret } from "../state";

/** The secret for an authenticator app, as a picture to scan and as text to type. */
export function AppSecretBox({ app: { secret, uri } }: { readonly app: AppSecret }) {
  const [picture, setPicture] = useState<Picture>();
  useEffect(() => {
    let stale = false;
    pictureOf(uri).then(
      (drawn) => stale || setPicture(drawn),
      // The text is enough to go on with.
      () => {},
    );
    return () => {
      stale = true;
    };
  }, [uri]);

  return (
    <div className="app-secret">
      <div className="qr">
        {picture && (
          <svg role="img" aria-label="QR code with the secret" viewBox={`0 0 ${picture.size} ${picture.size}`}>
            <path d={picture.path} />
          </svg>
        )}
      </div>
      <div>
        <p>The secret, to type:</p>
        <code>{secret.match(/.{1,4}/g)?.join(" ")}</code>
      </div>
    </div>
  );
}

interface Picture {
  /** The number of squares on each side, with an empty border. */
  readonly size: number;
  readonly path: string;
}

/** As wide as scanners need the border to be. */
const border = 4;

/** Draws a QR code. What draws it is loaded only here, because few people see one. */
async function pictureOf(text: string): Promise<Picture> {
  const { generate } = await import("lean-qr");
  const code = generate(text);
  const squares = Array.from({ length: code.size ** 2 }, (_, index) => [
    index % code.size,
    Math.floor(index / code.size),
  ]);
  const path = squares
    .filter(([x = 0, y = 0]) => code.get(x, y))
    .map(([x = 0, y = 0]) => `M${x + border} ${y + border}h1v1h-1z`)
    .join("");
  return { size: code.size + 2 * border, path };
}
