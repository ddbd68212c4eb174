/** A worker's clocks. */
export interface WorkerClock {
  /** Milliseconds since 1970, as this machine believes. */
  wall(): number;
  /** Milliseconds that have passed, from wherever; it may rest while the worker does, and never goes faster than time. */
  elapsed(): number;
}

/** How far any two machines' clocks may be apart. */
const maxSkewMs = 10_000;

/** What somebody wrote last: the shared time then, and that worker's clock. */
interface LastSeen {
  readonly time: number;
  readonly askedWall: number;
}

/** A time that workers share though their clocks differ, for taking turns: it never goes faster than real time in the eyes of any of them, so
 *  what is an interval apart in it is no less apart in reality, and it may go slower. Clocks alone would not do: when one that is three seconds fast
 *  begins to ask, three seconds of places that others wait for are past for it, and it sends among them.
 *
 *  A worker takes the latest time that it has seen written, and adds what has passed by its own stopwatch since. What passed before it
 *  came it knows only by clocks that differ, and counts as far as no difference allowed could explain. Both are at most the time that really
 *  passed since somebody wrote, so by induction nobody is ahead of what the first one's stopwatch would show. A worker that just came is behind
 *  by the time since the last ask at most, and waits that much longer, once. */
export interface SharedTime {
  /** @param seen the row as it was read just now, or nothing, which begins a time */
  read(seen: LastSeen | undefined): number;
}

export function startSharedTime(clock: WorkerClock): SharedTime {
  let mark: { readonly time: number; readonly elapsed: number } | undefined;
  return {
    read: (seen) => {
      const elapsed = clock.elapsed();
      const own = mark ? mark.time + elapsed - mark.elapsed : Number.NEGATIVE_INFINITY;
      const told = seen ? seen.time + Math.max(0, clock.wall() - seen.askedWall - maxSkewMs) : Number.NEGATIVE_INFINITY;
      const time = Math.max(own, told);
      mark = { time: Number.isFinite(time) ? time : clock.wall(), elapsed };
      return mark.time;
    },
  };
}
