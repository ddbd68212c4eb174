import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { keepOnce } from "../support/conformance-tools.ts";
import { type ForeignServer, startServer } from "../support/start-server.ts";

export type { ForeignServer };

const versitygwVersion = "v1.8.0";
/** As in dynamodb-local.pom.xml. */
const dynamoLocalVersion = "2.6.1";
/** For the log of a test run. */
export const foreignServerVersions = [`versitygw ${versitygwVersion}`, `DynamoDB Local ${dynamoLocalVersion}`];
const copyDependencies = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";

/** VersityGW over a folder: an S3 server that honours `If-None-Match: *` also between concurrent writers. Needs Go for its first use.
 *  @param account the key pair it shall accept */
export async function startS3Server(account: { accessKeyId: string; secretAccessKey: string }): Promise<ForeignServer> {
  const binary = await installed(`versitygw-${versitygwVersion}`, "versitygw", "Go (https://go.dev/dl)", (folder) =>
    run("go", ["install", `github.com/versity/versitygw/cmd/versitygw@${versitygwVersion}`], { GOBIN: folder, GOFLAGS: "-modcacherw" }),
  );
  // Metadata aside: not every temporary folder is on a file system with extended attributes.
  const folder = await mkdtemp(join(tmpdir(), "biaogan-s3-"));
  const [objects, sidecar] = [join(folder, "objects"), join(folder, "sidecar")];
  await Promise.all([mkdir(objects), mkdir(sidecar)]);
  const keys = ["--access", account.accessKeyId, "--secret", account.secretAccessKey];
  const server = await startServer(binary, (port) => ["--port", `127.0.0.1:${port}`, ...keys, "posix", "--sidecar", sidecar, objects]);
  return { ...server, stop: () => server.stop().then(() => rm(folder, { recursive: true })) };
}

/** Amazon's DynamoDB Local, in memory: another implementation than the embedded one. Needs Java 17, and Maven for its first use. */
export async function startDynamoReference(): Promise<ForeignServer> {
  const pom = join(import.meta.dirname, "dynamodb-local.pom.xml");
  const name = `dynamodb-local-${dynamoLocalVersion}`;
  const jar = await installed(name, `DynamoDBLocal-${dynamoLocalVersion}.jar`, "Java 17, Maven (https://maven.apache.org)", (folder) =>
    run("mvn", ["--quiet", "--batch-mode", "--file", pom, copyDependencies, `-DoutputDirectory=${folder}`]),
  );
  const folder = dirname(jar);
  const program = [`-Djava.library.path=${folder}`, "-cp", join(folder, "*"), "com.amazonaws.services.dynamodbv2.local.main.ServerRunner"];
  return startServer("java", (port) => [...program, "-inMemory", "-disableTelemetry", "-port", String(port)]);
}

/** @returns the file, fetched if this is the first use */
async function installed(name: string, file: string, needs: string, install: (folder: string) => Promise<void>): Promise<string> {
  const folder = await keepOnce(name, install).catch((cause) => {
    const message = `the conformance test needs ${name}, which could not be installed. It needs ${needs} and the network once; the cause: ${cause}`;
    throw new Error(message, { cause });
  });
  return join(folder, file);
}

async function run(command: string, args: string[], environment: Record<string, string> = {}): Promise<void> {
  await promisify(execFile)(command, args, { env: { ...process.env, ...environment } });
}
