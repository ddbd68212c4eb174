import { z } from "zod";

/**
 * The part of the Amazon States Language (https://states-language.net) that the interpreter runs: the shape of each state in JSONata. Objects are
 * strict, so that a field we do not interpret is refused, not ignored.
 */
const expression = z.string().regex(/^\{%.*%\}$/s, "must be a JSONata expression {% … %}");
const seconds = z.int().min(0).max(99_999_999);
const template = z.json();
const assign = z.record(z.string().regex(/^(?!states$)[\p{L}_][\p{L}\p{N}_]{0,79}$/u, "is not a name for a variable"), template);
const errorNames = z.array(z.string()).min(1);

const common = { Comment: z.string().optional(), QueryLanguage: z.literal("JSONata").optional() };
const output = { Output: template.optional() };
const data = { ...output, Assign: assign.optional() };
const flow = { Next: z.string().optional(), End: z.literal(true).optional() };

const retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: errorNames,
  IntervalSeconds: z.int().min(1).max(99_999_999).default(1),
  MaxAttempts: z.int().min(0).max(99_999_999).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(["NONE", "FULL"]).default("NONE"),
});
const catcher = z.strictObject({ Comment: z.string().optional(), ErrorEquals: errorNames, Next: z.string(), ...data });
const handlers = { Retry: z.array(retrier).default([]), Catch: z.array(catcher).default([]) };

const task = z.strictObject({
  Type: z.literal("Task"),
  ...common,
  ...data,
  ...flow,
  ...handlers,
  Resource: z.string().regex(/^arn:aws[-a-z]*:states:::lambda:invoke$/, "is not lambda:invoke, the only integration supported"),
  Arguments: z.strictObject({ FunctionName: z.string(), Payload: template.optional() }),
  TimeoutSeconds: z.union([seconds.min(1), expression]).optional(),
});
const choice = z.strictObject({
  Type: z.literal("Choice"),
  ...common,
  ...data,
  Choices: z
    .array(z.strictObject({ Comment: z.string().optional(), Condition: z.union([z.boolean(), expression]), Next: z.string(), ...data }))
    .min(1),
  Default: z.string().optional(),
});
const wait = z.strictObject({
  Type: z.literal("Wait"),
  ...common,
  ...data,
  ...flow,
  Seconds: z.union([seconds, expression]).optional(),
  Timestamp: z.string().optional(),
});
const pass = z.strictObject({ Type: z.literal("Pass"), ...common, ...data, ...flow });
const succeed = z.strictObject({ Type: z.literal("Succeed"), ...common, ...output });
const fail = z.strictObject({ Type: z.literal("Fail"), ...common, Error: z.string().optional(), Cause: z.string().optional() });

const itemReader = z.strictObject({
  Resource: z.string().regex(/^arn:aws[-a-z]*:states:::s3:getObject$/, "is not s3:getObject, the only reader supported"),
  ReaderConfig: z.strictObject({
    InputType: z.literal("JSON"),
    MaxItems: z.union([z.int().min(1), expression]).optional(),
    ItemsPointer: z.string().startsWith("/").optional(),
  }),
  Arguments: z.strictObject({ Bucket: z.string(), Key: z.string() }),
});
const resultWriter = z.strictObject({
  Resource: z.string().regex(/^arn:aws[-a-z]*:states:::s3:putObject$/, "is not s3:putObject, the only writer supported"),
  WriterConfig: z.strictObject({ Transformation: z.literal("NONE"), OutputType: z.literal("JSON") }).optional(),
  Arguments: z.strictObject({ Bucket: z.string(), Prefix: z.string().default("") }),
});
const itemBatcher = z.strictObject({ MaxItemsPerBatch: z.union([z.int().min(1), expression]), BatchInput: template.optional() });

const itemProcessor: z.ZodType<ItemProcessor> = z.lazy(() =>
  z.strictObject({
    Comment: z.string().optional(),
    ProcessorConfig: z
      .strictObject({ Mode: z.enum(["INLINE", "DISTRIBUTED"]), ExecutionType: z.enum(["STANDARD", "EXPRESS"]).optional() })
      .default({ Mode: "INLINE" }),
    StartAt: z.string(),
    States: z.record(z.string(), state),
  }),
);
const map = z.strictObject({
  Type: z.literal("Map"),
  ...common,
  ...data,
  ...flow,
  ...handlers,
  Label: z.string().max(40).optional(),
  Items: z.union([z.array(template), expression]).optional(),
  ItemReader: itemReader.optional(),
  ItemSelector: template.optional(),
  ItemBatcher: itemBatcher.optional(),
  ItemProcessor: itemProcessor,
  MaxConcurrency: z.union([z.int().min(0), expression]).default(0),
  ToleratedFailurePercentage: z.union([z.int().min(0).max(100), expression]).optional(),
  ToleratedFailureCount: z.union([z.int().min(0), expression]).optional(),
  ResultWriter: resultWriter.optional(),
});
const state = z.discriminatedUnion("Type", [task, choice, wait, pass, succeed, fail, map]);

/** A whole state machine; QueryLanguage here or in every state. */
export const definitionSchema = z.strictObject({
  Comment: z.string().optional(),
  Version: z.literal("1.0").optional(),
  QueryLanguage: z.enum(["JSONata", "JSONPath"]).default("JSONPath"),
  TimeoutSeconds: seconds.min(1).optional(),
  StartAt: z.string(),
  States: z.record(z.string(), state),
});

export type Definition = z.infer<typeof definitionSchema>;
export type State = z.infer<typeof state>;
export type Retrier = z.infer<typeof retrier>;
export type TaskState = z.infer<typeof task>;
export type ChoiceState = z.infer<typeof choice>;
export type WaitState = z.infer<typeof wait>;
export type MapState = z.infer<typeof map>;
export type ItemReader = z.infer<typeof itemReader>;
export type ResultWriter = z.infer<typeof resultWriter>;
export interface Workflow {
  StartAt: string;
  States: Record<string, State>;
}
interface ItemProcessor extends Workflow {
  Comment?: string | undefined;
  ProcessorConfig: { Mode: "INLINE" | "DISTRIBUTED"; ExecutionType?: "STANDARD" | "EXPRESS" | undefined };
}
