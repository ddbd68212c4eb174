import { errorNames } from "../../functions/contracts.ts";

/** ARNs of the functions that the steps call. */
export interface WorkflowFunctions {
  readonly checkReadiness: string;
  readonly planRun: string;
  readonly renderBriefing: string;
  readonly deliverBriefing: string;
  readonly closeRun: string;
}

/** What the Lambda service itself answers when it could not run a function, as AWS's own guide lists it, and when a function was ended for
 *  want of time or memory. */
const serviceErrors = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
];
const endedErrors = ["Sandbox.Timedout", "Runtime.ExitError", "Lambda.Unknown", "States.Timeout"];

/** How many editions are printed at once. One takes about 4 s, so five print the 60 editions of an office in 48 s; a new account may run ten
 *  functions at once, and the other five are left to mails and to readers. */
const printedAtOnce = 5;
/** How many mails are sent at once. One takes about 0.4 s, so five are 12 a second; SES lets an account out of its sandbox send 14. */
const sentAtOnce = 5;

/** Where the Map states write what came of each child. */
export const mapResultsPrefix = "map-results";

/** The month's run in Amazon States Language with JSONata. Between the steps pass ids and keys, nothing of a briefing.
 *
 *  Every edition and every mail is tried, whatever becomes of the others (tolerated: 100 %). close-run then finds what is missing, writes it
 *  down and throws, so the execution fails there; a redrive calls close-run again, which sees that it is one (`RedriveCount`) and sends
 *  what is missing round once more. What was issued or sent is not done again: every step looks first. */
export function defineWorkflow(functions: WorkflowFunctions, bucket: string): object {
  return {
    QueryLanguage: "JSONata",
    Comment: "One issue of one month, named after its run",
    TimeoutSeconds: 60 * 86_400,
    StartAt: "CheckReadiness",
    States: {
      CheckReadiness: {
        ...call(
          functions.checkReadiness,
          { period: "{% $states.context.Execution.Input.period %}", now: "{% $states.context.State.EnteredTime %}" },
          60,
        ),
        Retry: [...retryTransient(), ...retryService()],
        Next: "IsReady",
      },
      IsReady: {
        Type: "Choice",
        Choices: [{ Condition: "{% $states.input.state = 'wait' %}", Next: "WaitForData" }],
        Default: "PlanRun",
      },
      WaitForData: { Type: "Wait", Timestamp: "{% $states.input.until %}", Next: "CheckReadiness" },
      PlanRun: {
        ...call(
          functions.planRun,
          {
            series: "{% $states.context.Execution.Input.series %}",
            period: "{% $states.context.Execution.Input.period %}",
            asOf: "{% $states.input.asOf %}",
          },
          300,
        ),
        Assign: { run: "{% $states.result.Payload.run %}", ...assignWork("$states.result.Payload"), pass: 0 },
        // Two runs that take the same revision at once: the one that comes second plans again and takes the next.
        Retry: [
          { ErrorEquals: [...errorNames.conflict], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 },
          ...retryTransient(),
          ...retryService(),
        ],
        Next: "AnyEditions",
      },
      AnyEditions: skipNone("$renderCount", "RenderEditions", "AnyMails"),
      RenderEditions: {
        ...mapOver("$renderItems", "RenderBriefing", functions.renderBriefing, { bucket, atOnce: printedAtOnce, timeoutSeconds: 180 }),
        Assign: { renderResults: "{% $states.result.ResultWriterDetails.Key %}" },
        Catch: [goOn("AnyMails")],
        Next: "AnyMails",
      },
      AnyMails: skipNone("$deliverCount", "DeliverBriefings", "CloseRun"),
      DeliverBriefings: {
        ...mapOver("$deliverItems", "DeliverBriefing", functions.deliverBriefing, { bucket, atOnce: sentAtOnce, timeoutSeconds: 60 }),
        Assign: { deliverResults: "{% $states.result.ResultWriterDetails.Key %}" },
        Catch: [goOn("CloseRun")],
        Next: "CloseRun",
      },
      CloseRun: {
        ...call(
          functions.closeRun,
          {
            run: "{% $run %}",
            redriveCount: "{% $states.context.Execution.RedriveCount %}",
            pass: "{% $pass %}",
            renderResults: "{% $renderResults %}",
            deliverResults: "{% $deliverResults %}",
            broke: "{% $broke %}",
          },
          120,
        ),
        Retry: [...retryTransient(), ...retryService()],
        Next: "IsComplete",
      },
      IsComplete: {
        Type: "Choice",
        Choices: [
          {
            Condition: "{% $states.input.state = 'mend' %}",
            Assign: { ...assignWork("$states.input"), pass: "{% $states.context.Execution.RedriveCount %}" },
            Next: "AnyEditions",
          },
        ],
        Default: "Issued",
      },
      Issued: { Type: "Succeed" },
    },
  };
}

/** The lists of a round, and that nothing has come of it yet. */
function assignWork(from: string): object {
  return {
    renderItems: `{% ${from}.renderItems %}`,
    renderCount: `{% ${from}.renderCount %}`,
    deliverItems: `{% ${from}.deliverItems %}`,
    deliverCount: `{% ${from}.deliverCount %}`,
    renderResults: null,
    deliverResults: null,
    broke: null,
  };
}

/** One child execution for each entry of a list in the archive. */
function mapOver(
  items: string,
  step: string,
  functionArn: string,
  { bucket, atOnce, timeoutSeconds }: { readonly bucket: string; readonly atOnce: number; readonly timeoutSeconds: number },
): object {
  const retry = [
    // Surely not accepted: the rate is per second, and ten minutes of doubling waits outlast any burst of ours.
    {
      ErrorEquals: [...errorNames.throttled],
      IntervalSeconds: 2,
      MaxAttempts: 8,
      BackoffRate: 2,
      MaxDelaySeconds: 120,
      JitterStrategy: "FULL",
    },
    ...retryTransient(),
    ...retryService(),
  ];
  return {
    Type: "Map",
    Label: `${step}s`,
    ItemReader: {
      Resource: "arn:aws:states:::s3:getObject",
      ReaderConfig: { InputType: "JSON" },
      Arguments: { Bucket: bucket, Key: `{% ${items} %}` },
    },
    MaxConcurrency: atOnce,
    ToleratedFailurePercentage: 100,
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: step,
      States: { [step]: { ...call(functionArn, "{% $states.input %}", timeoutSeconds), Retry: retry, End: true } },
    },
    ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Arguments: { Bucket: bucket, Prefix: mapResultsPrefix } },
  };
}

/** @param timeoutSeconds a little more than the function's own, so that it is Lambda that ends it and says why */
function call(functionArn: string, payload: object | string, timeoutSeconds: number): object {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Arguments: { FunctionName: functionArn, Payload: payload },
    Output: "{% $states.result.Payload %}",
    TimeoutSeconds: timeoutSeconds + 30,
  };
}

/** 5, 15, 45, 135 s: what does not answer for three minutes is down, and somebody has to look. */
function retryTransient(): object[] {
  return [{ ErrorEquals: [...errorNames.transient], IntervalSeconds: 5, MaxAttempts: 4, BackoffRate: 3, JitterStrategy: "FULL" }];
}

/** A function that was ended is run once more only: what has too little time or memory has it again. */
function retryService(): object[] {
  return [
    { ErrorEquals: serviceErrors, IntervalSeconds: 1, MaxAttempts: 6, BackoffRate: 2, JitterStrategy: "FULL" },
    { ErrorEquals: endedErrors, IntervalSeconds: 5, MaxAttempts: 1 },
  ];
}

function skipNone(count: string, map: string, next: string): object {
  return { Type: "Choice", Choices: [{ Condition: `{% ${count} > 0 %}`, Next: map }], Default: next };
}

/** A Map that breaks off as a whole (its list cannot be read, its results cannot be written) keeps nothing else from being done; close-run
 *  finds what is missing. */
function goOn(next: string): object {
  return {
    ErrorEquals: ["States.ALL"],
    Assign: { broke: "{% $states.errorOutput.Error & ': ' & $states.errorOutput.Cause %}" },
    Next: next,
  };
}
