import type { TaskState } from "./definition.ts";
import { evaluate, evaluateNumber, evaluateString, type Scope } from "./evaluate.ts";
import { type Json, limitPayload, toJson } from "./json.ts";
import { record, type Visit } from "./machine.ts";
import { StateError } from "./state-error.ts";

/**
 * Invokes the function of a Task.
 * @returns what lambda:invoke answers: the payload within the answer of the Invoke API (dg/connect-lambda.html)
 * @throws StateError of the name of what the function threw, or States.Timeout
 */
export async function runTask(visit: Visit<TaskState>, scope: Scope): Promise<Json> {
  const { Arguments, TimeoutSeconds } = visit.state;
  const functionName = await evaluateString(Arguments.FunctionName, scope, "FunctionName");
  const payload = await evaluate(Arguments.Payload ?? {}, scope);
  limitPayload({ ...Arguments, Payload: payload }, `The Arguments of the state '${visit.frame.at.state}'`);
  const seconds = TimeoutSeconds === undefined ? undefined : await evaluateNumber(TimeoutSeconds, scope, "TimeoutSeconds", 1, 99_999_999);
  record(visit, "TaskScheduled", functionName);
  const answer = await answerInTime(visit, () => deliver(visit, functionName, payload), seconds);
  const result = {
    ExecutedVersion: "$LATEST",
    Payload: answer,
    SdkHttpMetadata: { HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: "00000000-0000-4000-8000-000000000000" },
    StatusCode: 200,
  };
  limitPayload(result, `The result of the state '${visit.frame.at.state}'`);
  return result;
}

/** A function that is too late is not stopped: whatever it still does, it does. */
async function answerInTime({ machine: { clock } }: Visit, work: () => Promise<Json>, seconds: number | undefined): Promise<Json> {
  if (seconds === undefined) return await work();
  const late = new StateError("States.Timeout", `The task did not answer within ${seconds} seconds.`);
  const deadline = clock.now().getTime() + seconds * 1000;
  const alarm = clock.setAlarm(seconds * 1000);
  try {
    const answer = clock.run(work);
    answer.catch(() => undefined);
    const value = await clock.join(Promise.race([answer, alarm.rings.then(() => Promise.reject(late))]));
    if (clock.now().getTime() > deadline) throw late;
    return value;
  } finally {
    alarm.cancel();
  }
}

async function deliver({ machine, frame }: Visit, functionName: string, payload: Json): Promise<Json> {
  const counts = machine.hooks.duplicate?.({ state: frame.at.state, functionName, payload });
  const invoke = async () => readAnswer(async () => machine.invoke(functionName, structuredClone(payload)));
  if (!counts) return await invoke();
  const answers = [await Promise.allSettled([invoke()]), await Promise.allSettled([invoke()])].flat();
  const answer = answers[counts === "first" ? 0 : 1];
  if (answer?.status === "fulfilled") return answer.value;
  throw answer?.reason;
}

async function readAnswer(work: () => Promise<unknown>): Promise<Json> {
  try {
    return toJson(await work());
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    // "Cause" of a failed function is the JSON text of its error (dg/connect-lambda.html).
    throw new StateError(name, JSON.stringify({ errorMessage: message, errorType: name, trace: [] }));
  }
}
