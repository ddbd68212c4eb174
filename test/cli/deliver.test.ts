import type { ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createFolderArchive } from "../../functions/adapters/archive/folder-archive.ts";
import { startEmbeddedDynamo } from "../../functions/adapters/dynamo/embedded-dynamo.ts";
import { openRegisterStore } from "../../functions/adapters/dynamo/open-register-store.ts";
import { freezeModel } from "../../functions/core/briefing/frozen-model.ts";
import { editionKeys, parseRunName } from "../../functions/core/briefing-keys.ts";
import type { DeliveryLedger } from "../../functions/core/ports.ts";
import { juneIssue } from "../support/delivery-world.ts";
import { copyHarbourton, type OfficeCopy } from "../support/office-copy.ts";
import { type RunResult, runBiaogan } from "../support/run-biaogan.ts";
import { everyByte, sha256Of } from "../support/sample-mail.ts";
import { parseMail, relayAccount, startRelay, type TestRelay } from "../support/smtp-relay.ts";

const run = "monthly-2026-06-r1";
const readers = `- {id: mayor, name: The Mayor, address: mayor@harbourton.example, language: en, editions: [full], from: 2025-04-01}
- {id: treasurer, name: Ada Quill, address: ada@harbourton.example, language: en, editions: [full, one-page], from: 2025-04-01}
- {id: library, name: The library, address: library@harbourton.example, language: en, editions: [full], from: 2025-04-01, paused: true}
- {id: late, name: Too late, address: late@harbourton.example, language: en, editions: [full], from: 2025-04-01, until: 2026-05-31}
`;

let office: OfficeCopy;
let store: string;
beforeEach(async () => {
  office = await copyHarbourton();
  await office.write("subscriptions/readers.yaml", readers);
  store = await mkdtemp(join(tmpdir(), "biaogan-deliver-"));
});
afterEach(async () => {
  await office.remove();
  await rm(store, { recursive: true });
});

/** Publishes an issue as a run does, without printing it. */
async function issue(edition = "full-en", document: Uint8Array = everyByte): Promise<void> {
  const archive = createFolderArchive(join(store, "archive"));
  const keys = editionKeys("harbourton", parseRunName(run), edition);
  await archive.put(keys.model, freezeModel(juneIssue(edition)), "application/json");
  await archive.put(keys.document, document, "application/pdf");
}

const from = { BIAOGAN_MAIL_FROM: "Harbourton, the town <briefing@harbourton.example>" };
function biaogan(args: readonly string[], env: Record<string, string> = from, onStart?: (child: ChildProcess) => void): Promise<RunResult> {
  return runBiaogan([...args, "--data", office.dir, "--store", store], { env, ...(onStart ? { onStart } : {}) });
}
const deliver = (more: readonly string[] = [], env?: Record<string, string>, onStart?: (child: ChildProcess) => void) =>
  biaogan(["deliver", "--run", run, ...more], env, onStart);

const reportSchema = z.object({
  out: z.string(),
  counts: z.record(z.string(), z.number()),
  mails: z.array(
    z.object({
      recipient: z.string(),
      edition: z.string(),
      outcome: z.string(),
      reason: z.string().optional(),
      way: z.string().optional(),
      address: z.string().nullable(),
    }),
  ),
});
const readReport = ({ stdout }: RunResult) => reportSchema.parse(JSON.parse(stdout));
const outcomes = (result: RunResult) =>
  readReport(result).mails.map((m) => `${m.recipient} ${m.edition} ${m.outcome}: ${m.reason ?? m.way ?? ""}`);
async function withLedger<T>(work: (ledger: DeliveryLedger) => Promise<T>): Promise<T> {
  const { ledger, close } = await openRegisterStore({ dbPath: join(store, "db", "harbourton.sqlite") }, "biaogan-harbourton");
  try {
    return await work(ledger);
  } finally {
    await close();
  }
}
const states = () =>
  withLedger(async (ledger) => {
    const { deliveries } = await ledger.ofRun(parseRunName(run));
    return deliveries.map((d) => `${d.recipient} ${d.state}${d.reason ? `: ${d.reason}` : ""}`);
  });
const mails = async () => (await readdir(join(store, "outbox")).catch(() => [])).filter((name) => name.endsWith(".eml"));

describe("biaogan deliver, into the outbox", () => {
  it("shows beforehand who would get which edition and who would not and why, and changes nothing", async () => {
    await issue();
    const shown = await deliver(["--dry-run", "--json"]);
    expect([shown.code, shown.stderr]).toEqual([0, ""]);
    expect(outcomes(shown)).toEqual([
      "late full-en withheld: the subscription ended on 2026-05-31",
      "library full-en withheld: the subscription rests",
      "mayor full-en to send: attachment",
      "treasurer full-en to send: attachment",
      "treasurer one-page-en withheld: the run has not issued this edition",
    ]);
    expect(readReport(shown).mails.find((m) => m.recipient === "mayor")?.address).toBe("mayor@harbourton.example");
    expect([await mails(), await states()]).toEqual([[], []]);
  });

  it("sends what it showed, each once, however often it is called", async () => {
    await issue();
    const first = await deliver();
    expect([first.code, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toMatch(/^READER +ADDRESS +EDITION +OUTCOME +WHY\n/);
    expect(first.stdout).toMatch(/\nmayor +mayor@harbourton\.example +full-en +sent +ACCEPTED\n/);
    expect(first.stdout).toMatch(/: 3 withheld, 2 sent\.\n$/);
    expect(await mails()).toEqual(["monthly_2026-06_r1_full-en_mayor.eml", "monthly_2026-06_r1_full-en_treasurer.eml"]);
    const bytes = await readFile(join(store, "outbox", "monthly_2026-06_r1_full-en_mayor.eml"));
    const read = await parseMail(bytes);
    expect(read.from?.value).toEqual([{ name: "Harbourton, the town", address: "briefing@harbourton.example" }]);
    expect(read.attachments.map((a) => sha256Of(a.content))).toEqual([sha256Of(everyByte)]);
    const second = await deliver(["--json"]);
    expect([second.code, readReport(second).counts]).toEqual([0, { withheld: 3, "sent before": 2 }]);
    expect((await readFile(join(store, "outbox", "monthly_2026-06_r1_full-en_mayor.eml"))).equals(bytes)).toBe(true);
    expect(await states()).toEqual(["mayor ACCEPTED", "treasurer ACCEPTED"]);
  });

  it("works before anybody has set a sender, and says so", async () => {
    await issue();
    const { code, stderr } = await deliver([], { BIAOGAN_MAIL_FROM: "" });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^BIAOGAN_MAIL_FROM: is no sender/)]);
    const unset = await runBiaogan(["deliver", "--run", run, "--data", office.dir, "--store", store]);
    expect([unset.code, unset.stderr]).toEqual([0, expect.stringMatching(/BIAOGAN_MAIL_FROM is not set.*nobody can answer/)]);
  });

  it("sends a reader who was added since, and tries only what failed when asked to", async () => {
    await issue();
    await deliver();
    const added = [
      "--id",
      "clerk",
      "--name",
      "王小明",
      "--address",
      "clerk@harbourton.example",
      "--edition",
      "full",
      "--from",
      "2026-01-01",
    ];
    expect((await biaogan(["subscriptions", "add", ...added])).stdout).toBe("clerk was added to subscriptions/readers.yaml.\n");
    const failedOnly = await deliver(["--failed-only", "--json"]);
    expect(failedOnly.code).toBe(1);
    expect(failedOnly.stderr).toMatch(/1 not tried; to send them: biaogan deliver --run monthly-2026-06-r1\n {2}clerk full-en/);
    expect(await mails()).toHaveLength(2);
    expect((await deliver()).code).toBe(0);
    expect(await mails()).toHaveLength(3);
  });

  it("of a document of 60 MB sends no such attachment, and shows that beforehand", async () => {
    await issue("full-en", Buffer.alloc(60_000_000, 7));
    expect(outcomes(await deliver(["--dry-run", "--json"]))).toContain("mayor full-en to send: request");
    expect((await deliver()).code).toBe(0);
    const bytes = await readFile(join(store, "outbox", "monthly_2026-06_r1_full-en_mayor.eml"));
    expect(bytes.byteLength).toBeLessThan(200_000);
    expect((await parseMail(bytes)).text).toMatch(/60(\.0)? MB/);
  });

  it("of a document of 60 MB sends a link where there is an archive to link to, and says whom to write to", async () => {
    await issue("full-en", Buffer.alloc(60_000_000, 7));
    const offers = {
      ...from,
      BIAOGAN_ARCHIVE_URL: "https://archive.harbourton.example",
      BIAOGAN_MAIL_CONTACT: "office@harbourton.example",
    };
    expect(outcomes(await deliver(["--dry-run", "--json"], offers))).toContain("mayor full-en to send: link");
    expect(await readdir(store)).not.toContain("link-keys.json");
    expect((await deliver([], offers)).code).toBe(0);
    const { text } = await parseMail(await readFile(join(store, "outbox", "monthly_2026-06_r1_full-en_mayor.eml")));
    expect(text).toMatch(/https:\/\/archive\.harbourton\.example\/issue\/k1\.harbourton\.monthly-2026-06-r1\.full-en\./);
    expect(text).toContain("office@harbourton.example");
  });

  it("refuses what is no run, and names the runs that there are", async () => {
    await issue();
    expect((await biaogan(["deliver", "--run", "june"])).stderr).toMatch(/^june: is no run; write monthly-2018-01-r1/);
    const { code, stderr } = await biaogan(["deliver", "--run", "monthly-2026-06-r2"]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/the archive has no issue of this run \(it holds monthly-2026-06-r1\); biaogan brief --period 2026-06/),
    ]);
  });

  it("says of a mail whose sender was killed that it may have been sent, and never sends it again", async () => {
    await issue();
    const key = { ...parseRunName(run), edition: "full-en", recipient: "mayor" };
    await withLedger((ledger) => ledger.move(key, { type: "claim", claim: "killed", at: new Date().toISOString() }));
    for (const _ of ["once", "again"]) {
      const { code, stderr } = await deliver();
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/1 may have been sent, and never sent a second time.*\n {2}mayor full-en: the worker/),
      ]);
    }
    expect(await mails()).toEqual(["monthly_2026-06_r1_full-en_treasurer.eml"]);
  });

  it("rejects what it cannot put into the outbox, and sends it when that is mended", async () => {
    await issue();
    const name = "monthly_2026-06_r1_full-en_mayor.eml";
    await mkdir(join(store, "outbox"));
    await writeFile(join(store, "outbox", name), "shopping list");
    const refused = await deliver();
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/1 not sent.*\n {2}mayor full-en: in the outbox lies another file/),
    ]);
    await rm(join(store, "outbox", name));
    expect((await deliver(["--failed-only"])).code).toBe(0);
    expect(await mails()).toHaveLength(2);
  });
});

describe("biaogan deliver, through the office's relay", () => {
  let relay: TestRelay;
  let trust: string;
  beforeAll(async () => {
    relay = await startRelay({ authOptional: false });
    trust = await mkdtemp(join(tmpdir(), "biaogan-trust-"));
    await writeFile(join(trust, "ca.pem"), relay.tls.cert);
  });
  afterAll(async () => {
    await relay.close();
    await rm(trust, { recursive: true });
  });
  beforeEach(async () => {
    relay.received.length = 0;
    relay.behaviour = "take";
    await issue();
  });
  const smtp = (password = relayAccount.pass, query = "") => ({
    ...from,
    BIAOGAN_SMTP_URL: `smtp://${relayAccount.user}:${encodeURIComponent(password)}@localhost:${relay.relay.port}${query}`,
    NODE_EXTRA_CA_CERTS: join(trust, "ca.pem"),
  });

  it("sends over an encrypted line, under the office's account", async () => {
    const { code, stdout, stderr } = await deliver([], smtp());
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`sent to localhost:${relay.relay.port}: 3 withheld, 2 sent.`);
    expect(relay.received.map((m) => [m.secure, m.user, m.to])).toEqual([
      [true, "briefing", ["mayor@harbourton.example"]],
      [true, "briefing", ["ada@harbourton.example"]],
    ]);
    expect(await mails()).toEqual([]);
  });

  it("sends each once when two people start it at the same time on one database", async () => {
    const { endpoint, stop } = await startEmbeddedDynamo({ dbPath: join(store, "shared.sqlite") });
    const account = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    const env = { ...smtp(), ...account, AWS_ENDPOINT_URL_DYNAMODB: endpoint };
    const both = await Promise.all([deliver(["--json"], env), deliver(["--json"], env)]);
    await stop();
    expect(relay.received.flatMap(({ to }) => to).toSorted()).toEqual(["ada@harbourton.example", "mayor@harbourton.example"]);
    for (const one of both) expect(readReport(one).counts["withheld"]).toBe(3);
  });

  it("tells who was not sent the issue and what to do, and sends it when the relay takes it", async () => {
    relay.behaviour = "greylist";
    const refused = await deliver([], smtp());
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/2 not sent; remove the cause, then: biaogan deliver --run monthly-2026-06-r1 --failed-only\n/);
    expect(refused.stderr).toMatch(/ {2}mayor full-en: .*450.*greylisted/);
    expect(refused.stderr).not.toContain("@harbourton");
    expect(await states()).toEqual([expect.stringMatching(/^mayor PENDING: .*450/), expect.stringMatching(/^treasurer PENDING: .*450/)]);
    const mended = await deliver(["--failed-only", "--json"], smtp());
    expect([mended.code, readReport(mended).counts]).toEqual([0, { withheld: 3, sent: 2 }]);
    expect(relay.received).toHaveLength(2);
  });

  it("leaves what was refused for good REJECTED, and tries it again only when asked to", async () => {
    relay.behaviour = { step: "recipient", answer: 550, text: "no such mailbox" };
    expect((await deliver([], smtp())).code).toBe(1);
    expect(await states()).toEqual([
      expect.stringMatching(/^mayor REJECTED: .*no such mailbox/),
      expect.stringMatching(/^treasurer REJECTED/),
    ]);
    relay.behaviour = "take";
    expect(readReport(await deliver(["--failed-only", "--json"], smtp())).counts).toEqual({ withheld: 3, sent: 2 });
  });

  it("never sends again what may have been taken when the line broke", async () => {
    relay.behaviour = "break after the message";
    const broken = await deliver([], smtp());
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringMatching(/2 may have been sent, and never sent a second time/)]);
    expect(relay.received).toHaveLength(2);
    relay.behaviour = "take";
    expect((await deliver(["--failed-only"], smtp())).code).toBe(1);
    expect((await deliver([], smtp())).code).toBe(1);
    expect(relay.received).toHaveLength(2);
    expect(await states()).toEqual([expect.stringMatching(/^mayor UNKNOWN/), expect.stringMatching(/^treasurer UNKNOWN/)]);
  });

  it("ends after the mail at hand when it is interrupted, and says who is left", async () => {
    const reader = (i: number) =>
      `- {id: r${i}, name: R, address: r${i}@harbourton.example, language: en, editions: [full], from: 2025-04-01}`;
    await office.write("subscriptions/readers.yaml", Array.from({ length: 300 }, (_, i) => reader(i)).join("\n"));
    let sent = false;
    const ended = deliver(["--json"], smtp(), (child) => {
      const watch = setInterval(() => {
        if (sent || relay.received.length === 0) return;
        sent = child.kill("SIGINT");
        clearInterval(watch);
      }, 5);
    });
    const { code, stdout, stderr } = await ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/not tried; to send them: biaogan deliver --run monthly-2026-06-r1\n/)]);
    const { counts } = readReport({ code, stdout, stderr });
    expect(Object.keys(counts).toSorted()).toEqual(["not tried", "sent"]);
    expect(relay.received).toHaveLength(counts["sent"] ?? 0);
  });

  it("touches no delivery when the relay does not know the account, and prints no password", async () => {
    const { code, stdout, stderr } = await deliver([], smtp("wr0ng-p@ss"));
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^MailThrottledError: localhost:\d+: .*535/);
    expect(stderr).not.toMatch(/wr0ng/);
    expect(await states()).toEqual([]);
  });
});
