/** @returns the same promise each time, made when it is first asked for; one that failed is not kept */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** Keeps the last few things made, by name. */
export class Shelf<T> {
  readonly #things = new Map<string, T>();
  readonly #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  /** @returns what lies under the name, or what `make` gives; what was longest not asked for makes room */
  take(name: string, make: () => T): T {
    const thing = this.#things.get(name) ?? make();
    this.#things.delete(name);
    this.#things.set(name, thing);
    const [oldest] = this.#things.keys();
    if (oldest !== undefined && this.#things.size > this.#room) this.#things.delete(oldest);
    return thing;
  }
}
