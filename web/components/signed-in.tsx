import { useEffect, useRef } from "react";
import type { FormContext } from "../forms";
import type { Session } from "../session";
import type { Move } from "../state";
import type { CardControls } from "../use-card";
import { ClaimList } from "./claim-list";

export interface SignedInProps {
  readonly session: Session;
  readonly controls: CardControls;
  /** The id of the heading, which gets the focus. */
  readonly headedBy: string;
}

/** The user who is signed in, by the claims of the tokens, and the buttons to refresh and to sign out. */
export function SignedIn({ session, controls: { state, run }, headedBy }: SignedInProps) {
  const { busy, touched } = state;
  const { userName, email, groups, expires, idClaims, accessClaims } = session;
  const cameByStep = useRef(touched);
  useEffect(() => {
    if (cameByStep.current) document.getElementById(headedBy)?.focus();
  }, [headedBy]);

  return (
    <div className="signed-in">
      <dl className="facts">
        {email && <Fact name="Address" value={email} />}
        <Fact name="User name" value={userName} />
        <Fact name="Groups" value={groups.join(", ") || "none"} />
        <div>
          <dt>Tokens end</dt>
          <dd>
            <time dateTime={expires.toISOString()}>{clock(expires)}</time>
          </dd>
        </div>
      </dl>
      <div className="actions">
        <button type="button" className="main" aria-disabled={busy} onClick={() => void run(refresh)}>
          {busy ? "One moment …" : "Refresh"}
        </button>
        <button type="button" className="second" aria-disabled={busy} onClick={() => void run(leave)}>
          Sign out
        </button>
      </div>
      <ClaimList title="Claims of the ID token" claims={idClaims} />
      <ClaimList title="Claims of the access token" claims={accessClaims} />
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const clock = (time: Date) => time.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });

async function refresh({ client, card }: FormContext): Promise<Move> {
  const session = await client.refresh();
  if (!session) return { step: card.signInStep, notice: "This session has ended. Sign in again." };
  return { step: "signedIn", session, notice: `You have new tokens, until ${clock(session.expires)}.` };
}

async function leave({ client, card }: FormContext): Promise<Move> {
  await client.signOut();
  return { step: card.signInStep, notice: "You are signed out." };
}
