/** The lists of an office's folder; `office` is a list of one. */
export type EntityKind = "office" | "speech" | "commitment" | "exclusion" | "metric" | "observation" | "evidence" | "subscription";

/** Which entry of which list, in the order of the lists. */
export interface EntityRef {
  readonly entity: EntityKind;
  readonly index: number;
}

/** Something that does not fit together, before it has a file and a line. */
export interface Finding extends EntityRef {
  /** Path inside the entry (`target.metric`); for an observation the column. */
  readonly field: string;
  readonly message: string;
  /** The other entry, where two clash. */
  readonly other?: EntityRef;
  /** The list that was searched in vain: where that list could not be read whole, the finding means nothing. */
  readonly lookedIn?: EntityKind;
}
