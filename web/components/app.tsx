import { useEffect, useState } from "react";
import { type PageConfig, WAYS } from "../config";
import { loadConfig } from "../load-config";
import { WayCard } from "./way-card";

/** The page: both ways in, side by side, once it knows the pools. */
export function App() {
  const [config, setConfig] = useState<PageConfig>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    loadConfig().then(setConfig, (error: Error) => setProblem(error.message));
  }, []);

  return (
    <>
      <header className="head">
        <h1>Two ways in</h1>
        <p>
          Make an account that knows your address, or one that knows nothing of you. Each way is a user pool of its own:
          you can be signed in to both.
        </p>
      </header>
      <main className="ways" aria-busy={!config && !problem}>
        {config && WAYS.map((way) => <WayCard key={way} way={way} config={config} />)}
        {problem && (
          <p className="broken" role="alert">
            <strong>This page cannot start.</strong> {problem}
          </p>
        )}
      </main>
      <footer className="foot">
        <p>
          What keeps you signed in is kept in this tab, and is gone when you close it. Nothing is loaded from anywhere
          else.
        </p>
      </footer>
    </>
  );
}
