import { setImmediate as nextTurn } from "node:timers/promises";
import type { Random } from "./random.ts";

/** What comes of an operation for the worker that asked for it. */
export type Answer<T> =
  | { readonly kind: "returns"; readonly value: T }
  | { readonly kind: "throws"; readonly error: unknown }
  /** The worker is gone: it never hears of it, and none of its catch blocks runs. */
  | { readonly kind: "crash" };

export type Ending = { readonly kind: "returned" } | { readonly kind: "threw"; readonly error: unknown } | { readonly kind: "crashed" };

export interface Worker {
  readonly name: string;
  /** Waits until the scheduler lets this operation go on. */
  ask<T>(operation: string, carryOut: () => Promise<Answer<T>>): Promise<T>;
}

export interface Scheduler {
  /** How many operations wait to go on. */
  readonly waiting: number;
  /** Lets a worker run up to its first operation, or its end. */
  start(name: string, work: (worker: Worker) => Promise<unknown>, onEnd: (ending: Ending) => void): Promise<void>;
  /** Something that happens by itself, some time. */
  later(name: string, effect: () => Promise<void>): void;
  /** Lets one of the waiting operations happen, and its worker run up to the next. */
  step(): Promise<void>;
}

interface Waiting {
  readonly name: string;
  readonly owner: string | undefined;
  readonly go: () => Promise<string>;
}

/** Decides which of the workers' operations is next, so that two workers may stand between any two of theirs and the same seed gives the same order.
 *  @param trace gets a line for each operation */
export function createScheduler(random: Random, trace: (line: string) => void): Scheduler {
  const waiting: Waiting[] = [];
  return {
    get waiting() {
      return waiting.length;
    },
    start: (name, work, onEnd) => startWorker(waiting, name, work, onEnd),
    later: (name, effect) => {
      const go = async () => {
        await effect();
        return "happens";
      };
      waiting.push({ name, owner: undefined, go });
    },
    step: async () => {
      const { name, go } = random.take(waiting);
      trace(`${name}: ${await go()}`);
    },
  };
}

async function startWorker(waiting: Waiting[], name: string, work: Parameters<Scheduler["start"]>[1], onEnd: (ending: Ending) => void) {
  /** Settles when the worker asks for something, or ends. */
  let stopped = Promise.withResolvers<void>();
  let asking = 0;
  let isDead = false;
  const end = (ending: Ending) => {
    onEnd(ending);
    stopped.resolve();
  };
  const die = () => {
    isDead = true;
    waiting.splice(0, waiting.length, ...waiting.filter(({ owner }) => owner !== name));
    end({ kind: "crashed" });
  };
  const ask = <T>(operation: string, carryOut: () => Promise<Answer<T>>): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    if (isDead) return promise;
    asking += 1;
    const go = async () => {
      asking -= 1;
      stopped = Promise.withResolvers();
      const answer = await carryOut();
      if (answer.kind === "crash") die();
      else if (answer.kind === "returns") resolve(answer.value);
      else reject(answer.error);
      // A worker that waits for several at once may have nothing more to ask before the others are answered.
      await (asking > 0 && !isDead ? nextTurn() : stopped.promise);
      return answer.kind === "throws" ? `fails, ${String(answer.error)}` : answer.kind;
    };
    waiting.push({ name: `${name} · ${operation}`, owner: name, go });
    stopped.resolve();
    return promise;
  };
  work({ name, ask }).then(
    () => end({ kind: "returned" }),
    (error: unknown) => end({ kind: "threw", error }),
  );
  await stopped.promise;
}
