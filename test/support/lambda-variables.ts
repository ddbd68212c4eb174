/** What of a function's configuration its process finds in its environment. */
export interface LambdaConfiguration {
  readonly name: string;
  /** `file.export` */
  readonly handler: string;
  /** The template's variables, and no other. */
  readonly environment: Readonly<Record<string, string>>;
  /** What Node sizes its heap by; more than this is not refused here, where the service would end the function. */
  readonly memoryMb: number;
  /** Here the first invocation's loading of the code counts, too. */
  readonly timeoutSeconds: number;
  readonly region?: string;
  /** What the function's role gives it: a key pair of the test's servers. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}

const maxEnvironmentBytes = 4096;
/** Besides those that are set below; the last would turn the emulator into another. */
const reserved = ["_X_AMZN_TRACE_ID", "AWS_EXECUTION_ENV", "AWS_ACCESS_KEY", "AWS_LAMBDA_RUNTIME_API", "AWS_LAMBDA_MAX_CONCURRENCY"];

/** @returns what the Lambda service and the template give a function of nodejs24.x before the bootstrap; where both do, the template's counts
 *  @throws for variables that the service would refuse: reserved ones, or too many bytes */
export function composeLambdaVariables(configuration: LambdaConfiguration): Record<string, string> {
  const { name, handler, environment, memoryMb, timeoutSeconds, region = "us-east-1" } = configuration;
  const { accessKeyId, secretAccessKey, sessionToken } = configuration.credentials ?? {
    accessKeyId: "AKIACONFORMANCE",
    secretAccessKey: "conformance-secret",
    sessionToken: "conformance-session",
  };
  const own: Record<string, string> = {
    _HANDLER: handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    // Lambda always gives one; servers that know none refuse it, and keys without one are given for them.
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_FUNCTION_TIMEOUT: String(timeoutSeconds),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "2026/01/01/[$LATEST]00000000000000000000000000000000",
    LAMBDA_TASK_ROOT: "/var/task",
    LAMBDA_RUNTIME_DIR: "/var/runtime",
  };
  const refused = Object.keys(environment).filter((variable) => variable in own || reserved.includes(variable));
  if (refused.length > 0) throw new Error(`Lambda refuses ${refused.join(", ")} among the variables of ${name}: it sets them itself`);
  const bytes = Buffer.byteLength(JSON.stringify(environment));
  if (bytes > maxEnvironmentBytes)
    throw new Error(`Lambda refuses the variables of ${name}: ${bytes} bytes, and ${maxEnvironmentBytes} may be`);
  return {
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    LD_LIBRARY_PATH: "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    AWS_XRAY_DAEMON_ADDRESS: "169.254.79.129:2000",
    ...environment,
    ...own,
  };
}
