import { type Context, Hono } from "hono";
import { z } from "zod";
import { scheduledSeries } from "../contracts.ts";
import type { ArchiveScope, LinkCheck } from "../core/archive-link.ts";
import { editionKeys, issuedBefore, latestRevision, parseRunName, runName } from "../core/briefing-keys.ts";
import type { Locale } from "../core/local-text.ts";
import type { BriefingArchive, Workflow } from "../core/ports.ts";

export interface HttpApiDeps {
  readonly archive: BriefingArchive;
  readonly workflow: Workflow;
  readonly templates: { render(name: string, view: object, locale: Locale): string };
  /** @returns an address under which a file of the archive can be fetched for some minutes */
  readonly link: (key: string) => Promise<string>;
  /** Says what the token of a mail's link opens. */
  readonly checkLink: (token: string) => Promise<LinkCheck>;
}

/** Why a mail's link opens nothing. An altered one is told no more than that. */
const refusals: Readonly<Record<Exclude<LinkCheck["outcome"], "valid">, { readonly status: 403 | 410; readonly title: string }>> = {
  altered: { status: 403, title: "This is not a link that was mailed; it may have been cut off" },
  "unknown key": { status: 403, title: "This link is no longer believed; ask the office for the issue" },
  "other issue": { status: 403, title: "This link opens another issue" },
  expired: { status: 410, title: "This link has expired; ask the office for the issue" },
};

const wantedSchema = z.strictObject({
  period: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "write a month as YYYY-MM"),
  /** The office's id, as in its folder. */
  office: z.string().regex(/^[a-z0-9-]+$/, "write the office's id"),
});

/** What the first stage of the cloud needs of HTTP: whether it is alive, an extra run, and the documents that were issued. Who may is decided
 *  before it, by the gateway. */
export function createHttpApi({ archive, workflow, templates, link, checkLink }: HttpApiDeps): Hono {
  const app = new Hono();
  const handOut = async (c: Context, key: string): Promise<Response> => {
    const isThere = (await archive.list(key)).includes(key);
    return isThere
      ? c.redirect(await link(key), 303)
      : sayProblem(c, { status: 404, title: "This document is not in the archive", detail: key });
  };
  app.get("/healthz", (c) => c.json({ state: "alive" }));

  app.post("/runs", async (c) => {
    const wanted = wantedSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!wanted.success) {
      const faults = wanted.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
      return sayProblem(c, { status: 400, title: "This run cannot be started", detail: faults.join("; ") });
    }
    const { period, office } = wanted.data;
    const keys = await archive.list(`briefings/${office}/${scheduledSeries}-${period}-r`);
    const revision = latestRevision(keys, office, scheduledSeries, period) + 1;
    const run = runName({ series: scheduledSeries, period, revision });
    const state = await workflow.start(run, { series: scheduledSeries, period });
    return c.json({ run, state }, 202);
  });

  app.get("/archive", async (c) => {
    const language = c.req.query("lang") === "en" ? "en" : "zh-CN";
    return c.html(templates.render("archive/issues", { language, runs: groupByRun(await archive.list("briefings/")) }, language));
  });

  app.get("/archive/:office/:run/:edition{[a-zA-Z0-9-]+\\.pdf}", async (c) => {
    const { office, run, edition } = c.req.param();
    return handOut(c, `briefings/${office}/${run}/${edition}`);
  });

  // Open to all: the token is the permission. It is in the address, so the answer leaves it in no cache and no later request.
  app.get("/issue/:token", async (c) => {
    c.header("cache-control", "no-store");
    c.header("referrer-policy", "no-referrer");
    const found = await checkLink(c.req.param("token"));
    if (found.outcome !== "valid") return sayProblem(c, refusals[found.outcome]);
    const { office, run, edition } = found.scope;
    return handOut(c, editionKeys(office, parseRunName(run), edition).document);
  });
  return app;
}

interface Problem {
  readonly status: 400 | 403 | 404 | 410;
  readonly title: string;
  readonly detail?: string;
}

/** RFC 9457. */
function sayProblem(c: Context, problem: Problem): Response {
  return c.json({ type: "about:blank", ...problem }, problem.status, { "content-type": "application/problem+json" });
}

interface IssuedDocument {
  readonly href: string;
  readonly edition: string;
  /** The run of the same month whose document this one takes the place of, and the one that takes its place. */
  readonly supersedes: string | null;
  readonly supersededBy: string | null;
}

/** @param keys of the archive, of the run's month */
function neighbours({ office, run, edition }: ArchiveScope, keys: readonly string[]): Pick<IssuedDocument, "supersedes" | "supersededBy"> {
  const own = parseRunName(run);
  const earlier = issuedBefore(keys, office, own, edition);
  const latest = latestRevision(keys, office, own.series, own.period);
  const later = Array.from({ length: latest - own.revision }, (_, n) => ({ ...own, revision: own.revision + n + 1 }));
  const next = later.find((one) => keys.includes(editionKeys(office, one, edition).document));
  return { supersedes: earlier ? runName(earlier) : null, supersededBy: next ? runName(next) : null };
}

/** @returns where a month's revisions lie: the key up to its revision */
function monthOf(key: string): string {
  return key.replace(/-r\d+\/.*$/, "");
}

/** @param keys of the archive, ascending
 *  @returns the runs, the latest name first, each with its documents */
function groupByRun(keys: readonly string[]): { run: string; documents: IssuedDocument[] }[] {
  const documents = keys.flatMap((key) => {
    const [, office, run, file] = /^briefings\/([^/]+)\/([^/]+)\/([^/]+)\.pdf$/.exec(key) ?? [];
    return office === undefined || run === undefined || file === undefined ? [] : [{ office, run, edition: file }];
  });
  const byMonth = Map.groupBy(keys, monthOf);
  const byRun = Map.groupBy(documents, ({ run }) => run);
  return [...byRun]
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .map(([run, issued]) => ({
      run,
      documents: issued.map(({ office, edition }) => ({
        href: `/archive/${office}/${run}/${edition}.pdf`,
        edition,
        ...neighbours({ office, run, edition }, byMonth.get(monthOf(`briefings/${office}/${run}/`)) ?? []),
      })),
    }));
}
