/**
 * Time that passes only when everybody waits. A function under test that takes time says `await clock.sleep(ms)`; work that runs side by side
 * (the children of a Map) then overlaps as it would, and real input and output in between costs no virtual time.
 */
export interface VirtualClock {
  now(): Date;
  /** Moves time without giving way to others: the caller took this long. */
  advance(ms: number): void;
  /** Waits; to be used inside what `run` runs, such as the `invoke` of a state machine. */
  sleep(ms: number): Promise<void>;
  /** Runs work during which time stands still unless it sleeps. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Waits for others' work, so that time may pass meanwhile. */
  join<Result>(others: Promise<Result>): Promise<Result>;
  /** Rings after a time unless cancelled. */
  setAlarm(ms: number): { readonly rings: Promise<void>; cancel(): void };
}

export function createVirtualClock(start: string | Date): VirtualClock {
  let now = new Date(start).getTime();
  let awake = 0;
  let looking = false;
  const sleepers = new Set<{ readonly at: number; wake(): void }>();

  function passTime(): void {
    looking = false;
    const [next] = [...sleepers].sort((a, b) => a.at - b.at);
    if (awake > 0 || !next) return;
    sleepers.delete(next);
    now = Math.max(now, next.at);
    next.wake();
    giveWay(0);
  }
  /** Those who wait for each other go on within microtasks; a macrotask later, nobody being awake means that all are waiting for time. */
  function giveWay(leaving: number): void {
    awake -= leaving;
    if (looking) return;
    looking = true;
    setImmediate(passTime);
  }
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
    sleep: (ms) =>
      new Promise((resolve) => {
        sleepers.add({
          at: now + ms,
          wake: () => {
            awake += 1;
            resolve();
          },
        });
        giveWay(1);
      }),
    run: async (work) => {
      awake += 1;
      try {
        return await work();
      } finally {
        giveWay(1);
      }
    },
    join: async (others) => {
      giveWay(1);
      try {
        return await others;
      } finally {
        awake += 1;
      }
    },
    setAlarm: (ms) => {
      const { promise: rings, resolve: wake } = Promise.withResolvers<void>();
      const sleeper = { at: now + ms, wake };
      sleepers.add(sleeper);
      return { rings, cancel: () => void sleepers.delete(sleeper) };
    },
  };
}
