import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pythonTool } from "./python-tools.ts";
import { type ForeignServer, startServer } from "./start-server.ts";

interface AwsEmulator extends ForeignServer {
  readonly name: string;
  readonly version: string;
}

/** Starts MiniStack, which plays most of AWS in one process and without Docker, with nothing in it. It takes any credentials, for account
 *  000000000000 in us-east-1. Lambda functions run on this process's Node; sent mail is at `/_ministack/ses/messages`.
 *
 *  It is an emulator: a stack that it deploys proves a template's references and order, not what each property does. It takes and forgets,
 *  among others: a table's point-in-time recovery (of a `GlobalTable` also the protection), a bucket's lifecycle and object lock, a schedule's
 *  time zone, a function's VPC, a state machine's tracing, a stage's throttling. It knows no composite alarm and no alarm over an expression.
 *  A Distributed Map reads JSON from S3, but evaluates no JSONata of its own. A function's error is always `Runtime.HandlerError`. The
 *  Scheduler fires, but does not fill in `<aws.scheduler.…>` nor use its dead-letter queue. SES keeps text, not attachments, and tells no events.
 *  @throws when it cannot be installed or does not start */
export async function startAwsEmulator(): Promise<AwsEmulator> {
  const { program, version } = await pythonTool("ministack");
  const folder = await mkdtemp(join(tmpdir(), "biaogan-aws-"));
  const server = await startServer(
    program,
    () => [],
    (port) => ({ cwd: folder, env: settings(folder, port), readyPath: "/_ministack/ready" }),
  ).catch(async (cause) => {
    await rm(folder, { recursive: true, force: true });
    throw cause;
  });
  return { ...server, name: "MiniStack", version, stop: () => server.stop().then(() => rm(folder, { recursive: true, force: true })) };
}

function settings(folder: string, port: number): Record<string, string> {
  return {
    GATEWAY_PORT: String(port),
    BIND_HOST: "127.0.0.1",
    // It writes the functions' code to temporary files, and objects to a folder if asked to.
    TMPDIR: folder,
    S3_DATA_DIR: join(folder, "s3"),
    // Nobody's own account shall be found, and the functions shall run on this Node.
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_SESSION_TOKEN: "",
    AWS_CONFIG_FILE: join(folder, "none"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
    PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
  };
}
