import { z } from "zod";

/** How near a source stands to the fact: the body itself (a city, its statistics office, a regulator, a listed company),
 *  a newspaper or other third party, or somebody's copy of either. */
export const sourceRankSchema = z.enum(["original", "press", "repost"]);

/** A public page that can be opened, and the passage in it that says the thing. */
export const sourceSchema = z.strictObject({
  title: z.string().min(1),
  publisher: z.string().min(1).optional(),
  url: z.url({ protocol: /^https?$/, error: "write the http(s) address of the source" }),
  quote: z.string().min(1),
  rank: sourceRankSchema.default("original"),
});
export type Source = z.infer<typeof sourceSchema>;
