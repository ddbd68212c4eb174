/** Chance that is the same for the same seed. */
export interface Random {
  /** @returns a whole number from 0 to below `limit` */
  below(limit: number): number;
  chance(probability: number): boolean;
  /** @throws when there is nothing to pick from */
  pick<T>(list: readonly T[]): T;
  /** Takes one out of the list. */
  take<T>(list: T[]): T;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for schedules of a thousand choices. */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const take = <T>(list: T[]): T => {
    const [taken] = list.splice(below(list.length), 1);
    if (taken === undefined) throw new Error("there is nothing to take");
    return taken;
  };
  return { below, chance: (probability) => next() < probability, pick: (list) => take([...list]), take };
}
