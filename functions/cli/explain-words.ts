import type { Locale, Translate } from "../core/local-text.ts";

/** In which language something is explained. */
export interface ExplainWords {
  readonly locale: Locale;
  readonly translate: Translate;
}
