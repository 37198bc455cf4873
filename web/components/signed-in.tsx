import { useEffect, useRef } from "preact/hooks";
import { askForApp, turnAppOff } from "../app-forms";
import type { FormContext, OtherAction } from "../form";
import type { Pool } from "../pool";
import type { Session } from "../session";
import type { Move } from "../state";
import type { CardControls } from "../use-card";
import { ClaimList } from "./claim-list";
import { OtherActions } from "./other-actions";

export interface SignedInProps {
  readonly session: Session;
  readonly pool: Pool;
  readonly controls: CardControls;
  /** The id of the heading, which gets the focus. */
  readonly headedBy: string;
}

/** The user who is signed in, by the claims of the tokens, and the buttons to refresh and to sign out. */
export function SignedIn({ session, pool, controls, headedBy }: SignedInProps) {
  const { state, run } = controls;
  const { busy, touched } = state;
  const { userName, email, groups, providers, expires, idClaims, accessClaims, usesApp } = session;
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
        {pool.providers.length > 0 && <Fact name="Identity providers" value={providers.join(", ") || "none"} />}
        {usesApp !== undefined && <Fact name="Second factor" value={usesApp ? "an authenticator app" : "none"} />}
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
      {usesApp !== undefined && <OtherActions actions={appActions(session, pool)} controls={controls} />}
      <ClaimList title="Claims of the ID token" claims={idClaims} />
      <ClaimList title="Claims of the access token" claims={accessClaims} />
    </div>
  );
}

/** What somebody can do about the second factor. Where the pool requires one, another app replaces it. */
function appActions({ usesApp, email, userName }: Session, { secondFactor }: Pool): OtherAction[] {
  const setUp = (context: FormContext) => askForApp(context, email ?? userName);
  if (!usesApp) return [{ label: "Set up a second factor", run: setUp }];
  const off = { label: "Turn the second factor off", run: turnAppOff };
  return [{ label: "Use another app", run: setUp }, ...(secondFactor === "optional" ? [off] : [])];
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
