import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { Tracer } from "@aws-lambda-powertools/tracer";
import type { Context } from "aws-lambda";
import type { z } from "zod";
import { type MetricName, metricNamespace } from "../../contracts.ts";
import { InputError } from "../../core/errors.ts";

/** What a function tells of an invocation: numbers under names that the alarms know, and fields for the log. */
interface Telling {
  /** Adds to a count of this invocation; `0` is told, too, so that an alarm sees that somebody looked. */
  count(name: MetricName, value: number): void;
  /** Fields of every later line of this invocation: ids, states, sizes. Never words of a briefing, never an address. */
  say(fields: Readonly<Record<string, string | number | boolean>>): void;
}

export interface ObservedHandlerOptions<Input, Output> {
  readonly input: z.ZodType<Input>;
  readonly output: z.ZodType<Output>;
  /** Builds what the work needs, once for as long as the instance lives; after a failure it is built anew. */
  readonly open: () => Promise<(input: Input, telling: Telling, signal: AbortSignal) => Promise<Output>>;
}

/** Time for closing what is open before Lambda ends the instance. */
const lastSecondsMs = 2_000;

/** A Lambda handler: reads the event by its schema, does the work, checks the answer, and tells what happened with the run's id and without
 *  its content. An error keeps its name, by which the workflow knows whether to try again.
 *  @param service the function's name in logs, metrics and traces */
export function observedHandler<Input, Output>(
  service: string,
  { input, output, open }: ObservedHandlerOptions<Input, Output>,
): (event: unknown, context: Context) => Promise<Output> {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: metricNamespace, serviceName: service });
  const tracer = new Tracer({ serviceName: service });
  let opened: ReturnType<typeof open> | undefined;
  return async (event, context) => {
    logger.addContext(context);
    logger.resetKeys();
    const telling: Telling = {
      count: (name, value) => metrics.addMetric(name, MetricUnit.Count, value),
      say: (fields) => {
        logger.appendKeys(fields);
        for (const [key, value] of Object.entries(fields)) tracer.putAnnotation(key, value);
      },
    };
    const endTrace = beginTrace(tracer, service);
    try {
      const parsed = parse(input, event, service);
      telling.say(idsOf(parsed));
      opened ??= open();
      const work = await opened;
      const signal = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - lastSecondsMs));
      const answer = output.parse(await work(parsed, telling, signal));
      logger.info("done");
      return answer;
    } catch (error) {
      opened = undefined;
      logger.error("failed", error instanceof Error ? error : new Error(String(error)));
      tracer.addErrorAsMetadata(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      endTrace();
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    }
  };
}

/** Lambda's own segment cannot be written to; what is told goes into one below it.
 *  @returns what ends it */
function beginTrace(tracer: Tracer, service: string): () => void {
  const outer = tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
  if (!outer) return () => {};
  const own = outer.addNewSubsegment(`## ${service}`);
  tracer.setSegment(own);
  return () => {
    own.close();
    tracer.setSegment(outer);
  };
}

/** @throws InputError naming the fields that are not as agreed */
function parse<Input>(schema: z.ZodType<Input>, event: unknown, service: string): Input {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({ file: `event of ${service}`, field: path.join("."), message }));
  throw new InputError(problems, { cause: parsed.error });
}

const loggedIds = ["run", "series", "period", "edition", "asOf", "trigger"];

function idsOf(input: unknown): Record<string, string> {
  if (typeof input !== "object" || input === null) return {};
  return Object.fromEntries(Object.entries(input).filter(([key, value]) => loggedIds.includes(key) && typeof value === "string"));
}
