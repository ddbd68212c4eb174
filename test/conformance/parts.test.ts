import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { describeLambdaParts } from "../support/lambda-parts.ts";
import { pythonTool } from "../support/python-tools.ts";
import { describeCheckers } from "../support/template-checkers.ts";
import { veraPdfVersion } from "../support/verapdf.ts";
import { foreignServerVersions } from "./foreign-servers.ts";

const versions = z.record(z.string(), z.string());
const packageSchema = z.object({ devDependencies: versions, dependencies: versions, optionalDependencies: versions });

/** What everything here is held against, by name and version, for the log. */
test("the parts by others", async () => {
  const { devDependencies, dependencies, optionalDependencies } = packageSchema.parse(JSON.parse(await readFile("package.json", "utf8")));
  const npm = ["aws-cdk", "aws-cdk-lib", "cdk-nag", "jsonata", "smtp-server", "mailparser"].map(
    (name) => `${name} ${devDependencies[name]}`,
  );
  const checkers = await describeCheckers();
  const ministack = await pythonTool("ministack");
  const parts = [
    await describeLambdaParts(),
    `MiniStack ${ministack.version}`,
    ...foreignServerVersions,
    ...Object.values(checkers),
    `veraPDF ${veraPdfVersion}`,
    `dynoxide ${optionalDependencies["@dynoxide/linux-x64"]}`,
    `@sparticuz/chromium ${dependencies["@sparticuz/chromium"]}`,
    ...npm,
  ];
  process.stderr.write(`held against ${parts.join(" · ")}\n`);
  for (const part of parts) expect(part).toMatch(/\d+\.\d+/);
});
