import { useEffect, useMemo, useState } from "preact/hooks";
import type { PageConfig } from "../../contract/pools";
import { cardsOf } from "../cards";
import { headlineOf } from "../headline";
import { loadConfig } from "../load-config";
import { PoolCard } from "./pool-card";

/** The page: a card for each pool, once it knows the pools. */
export function App() {
  const [config, setConfig] = useState<PageConfig>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    loadConfig().then(setConfig, (error: Error) => setProblem(error.message));
  }, []);
  const cards = useMemo(() => (config ? cardsOf(config) : []), [config]);
  const { title, about } = headlineOf(cards);
  useEffect(() => {
    document.title = title;
  }, [title]);

  // Show everything at once, so that nothing moves when the settings arrive.
  if (!config && !problem) return <main aria-busy />;
  return (
    <>
      <header className="head">
        <h1>{title}</h1>
        <p>{about}</p>
      </header>
      <main className="cards">
        {config && cards.map((card) => <PoolCard key={card.name} card={card} config={config} />)}
        {problem && (
          <p className="broken" role="alert">
            <strong>This page cannot start.</strong> {problem}
          </p>
        )}
      </main>
      <footer className="foot">
        <p>Your sign-in is stored only in this tab, until you close it. Nothing is loaded from another site.</p>
      </footer>
    </>
  );
}
