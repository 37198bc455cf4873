/** Makes the function that runs work while nobody else holds any of its names. It is not reentrant. */
export function locks() {
  const queues = new Map<string, Promise<unknown>>();

  function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (queues.get(name) ?? Promise.resolve()).then(work, work);
    queues.set(name, turn);
    const leave = () => queues.get(name) === turn && queues.delete(name);
    turn.then(leave, leave);
    return turn;
  }

  return <T>(names: readonly string[], work: () => Promise<T>): Promise<T> => {
    // All callers take locks in sorted order, so that two of them never wait for each other.
    const sorted = [...new Set(names)].sort();
    return sorted.reduceRight((inner, name) => () => exclusively(name, inner), work)();
  };
}
