import type { z } from "zod";
import { StateError } from "./state-error.ts";

export type Json = z.core.util.JSONType;
export type JsonObject = { [key: string]: Json };

/** The quota of the input and output of a task, state or execution, as UTF-8 text (dg/service-quotas.html). */
const maxBytes = 256 * 1024;

/** @throws StateError States.DataLimitExceeded when the JSON text of the value is too long to pass between states */
export function limitPayload(value: Json, what: string): void {
  const bytes = measurePayload(value);
  if (bytes <= maxBytes) return;
  throw new StateError("States.DataLimitExceeded", `${what} is ${bytes} bytes, more than the maximum of ${maxBytes}.`);
}

export function fitsPayload(value: Json): boolean {
  return measurePayload(value) <= maxBytes;
}

function measurePayload(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** What is left of a value when it has been through the wire: undefined at the top becomes null, as from a Lambda function. */
export function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value) ?? "null") as Json;
}
