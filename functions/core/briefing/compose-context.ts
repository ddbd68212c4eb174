import type { Locale, Translate } from "../local-text.ts";
import type { SourceList } from "./source-list.ts";

/** What composing needs besides the register. */
export interface ComposeContext {
  readonly asOf: string;
  readonly locale: Locale;
  readonly translate: Translate;
  readonly sources: SourceList;
}
