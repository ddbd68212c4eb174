/** Workers in a time of their own: it stands still while any of them works, whatever that takes, and when all sleep it goes on to the first that
 *  wakes. */
export interface VirtualWorkers {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** @returns when all have ended */
  run(workers: readonly (() => Promise<void>)[]): Promise<void>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export function createVirtualWorkers(startsAt: number): VirtualWorkers {
  let now = startsAt;
  let awake = 0;
  const sleepers: Sleeper[] = [];
  const rest = () => {
    awake -= 1;
    if (awake > 0 || sleepers.length === 0) return;
    const first = sleepers.reduce((a, b) => (b.at < a.at ? b : a));
    sleepers.splice(sleepers.indexOf(first), 1);
    now = first.at;
    awake += 1;
    first.wake();
  };
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ at: now + ms, wake });
        rest();
      }),
    run: async (workers) => {
      awake += workers.length;
      await Promise.all(workers.map((work) => work().finally(rest)));
    },
  };
}
