import type { State, Workflow } from "./definition.ts";
import type { Json, JsonObject } from "./json.ts";
import type { StateError } from "./state-error.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What an execution needs from outside. */
export interface Machine {
  readonly name: string;
  readonly invoke: Invoke;
  readonly objects: Objects;
  readonly clock: VirtualClock;
  readonly hooks: Hooks;
}

/** Answers lambda:invoke; throws an Error whose `name` is the error that Retry and Catch compare (the errorType of the function). */
export type Invoke = (functionName: string, payload: Json) => unknown;

/** The part of S3 that readers and writers use. */
export interface Objects {
  getObject(bucket: string, key: string): Promise<string | Uint8Array>;
  putObject(bucket: string, key: string, body: string): Promise<unknown>;
}

export interface Hooks {
  /**
   * Called at the arrow from one state (or "Start") to the next, at every attempt: "before" its work, and "after" its work had its effect but before
   * its result is kept. May throw `Killed`.
   */
  onArrow?(from: string, to: string, arrow: Arrow): void | Promise<void>;
  /** Delivers a task twice, one after the other; the answer of which of the two counts? undefined delivers it once. */
  duplicate?(call: { readonly state: string; readonly functionName: string; readonly payload: Json }): "first" | "last" | undefined;
  /** From 0 to 1, for JitterStrategy FULL; 0.5 unless told. */
  random?(): number;
}

interface Arrow {
  readonly when: "before" | "after";
  /** From 1; a redrive counts anew. */
  readonly attempt: number;
  /** The name of the execution, a child's own in a distributed Map. */
  readonly execution: string;
  /** Which item of a Map. */
  readonly item?: number;
}

export type Status = "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

export interface HistoryEvent {
  readonly execution: string;
  readonly item?: number;
  /** The state, or "" for events of the execution. */
  readonly state: string;
  readonly event: string;
  readonly time: string;
  /** The error of a failure, the function of an invocation, the input or output of a state. */
  readonly detail?: Json;
}

/** One run of one workflow: an execution, or an iteration of an inline Map. Everything a redrive needs is kept here. */
export interface Frame {
  readonly workflow: Workflow;
  /** The Execution of the context object. */
  readonly execution: {
    Id: string;
    Name: string;
    Input: Json;
    StartTime: string;
    RedriveCount: number;
    RedriveTime?: string;
    RoleArn: string;
  };
  readonly history: HistoryEvent[];
  /** An inline iteration reads the variables around it. */
  readonly outer?: Frame;
  /** Which item of a Map it is for; only an inline iteration sees the Map in its context object. */
  readonly item?: { readonly index: number; readonly context?: JsonObject };
  variables: Record<string, Json>;
  /** Where it is, or where it failed. */
  at: { readonly from: string; readonly state: string; readonly input: Json };
  /** Of the Map state where it is. */
  mapRun?: MapRun | undefined;
  status: Status;
  output?: Json;
  failure?: StateError;
  stopDate?: string;
}

export interface MapRun {
  readonly id: string;
  readonly arn: string;
  readonly children: { readonly frame: Frame; readonly items: number }[];
  readonly total: number;
  readonly maxConcurrency: number;
  readonly toleratedCount: number;
  readonly toleratedPercentage: number;
}

/** A frame on its way through a state. */
export interface Visit<Kind extends State = State> {
  readonly machine: Machine;
  readonly frame: Frame;
  readonly leash: Leash;
  readonly state: Kind;
  readonly enteredTime: string;
}

/** Thrown through a run that was let go of: its frame belongs to others now. */
export class LetGo extends Error {}

/** Whoever gives up a run (a Map that failed, a timeout) stops it here: it finds out at its next step, and leaves no more trace. */
export class Leash {
  #cut = false;
  readonly #outer: Leash | undefined;

  constructor(outer?: Leash) {
    this.#outer = outer;
  }
  cut(): void {
    this.#cut = true;
  }
  /** @throws LetGo when this or an outer leash is cut */
  check(): void {
    if (this.#cut) throw new LetGo();
    this.#outer?.check();
  }
}

/** @throws LetGo rather than to write into a history that is not the run's any more */
export function record({ machine, frame, leash }: Pick<Visit, "machine" | "frame" | "leash">, event: string, detail?: Json): void {
  leash.check();
  const about = /^(Execution|MapIteration)/.test(event) ? "" : frame.at.state;
  frame.history.push({
    execution: frame.execution.Name,
    ...(frame.item ? { item: frame.item.index } : {}),
    state: about,
    event,
    time: machine.clock.now().toISOString(),
    ...(detail === undefined ? {} : { detail }),
  });
}
