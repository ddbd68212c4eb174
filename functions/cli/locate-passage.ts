import type { Commitment } from "../core/commitment.ts";
import { textIn } from "../core/local-text.ts";
import { dayName } from "../core/period-name.ts";
import type { Register } from "../core/ports.ts";
import type { ExplainWords } from "./explain-words.ts";

/** How many letters are shown on each side of a quote. */
const around = 40;

/** Where a sentence stands: its place in the text as stored, the words around it on the same line, the speech and how its date is known.
 *  @param text the speech as stored */
export function locatePassage(commitment: Commitment, register: Register, text: string, { locale, translate }: ExplainWords) {
  const { start, end, quote, voice, modality } = commitment;
  const speech = register.speeches.find((s) => s.id === commitment.speech);
  const speaker = speech ? textIn(speech.speaker.name, locale) : "";
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", end);
  const lineEnd = newline < 0 ? text.length : newline;
  return {
    before: cutBefore(text.slice(lineStart, start)),
    quote,
    after: cutAfter(text.slice(end, lineEnd)),
    start,
    end,
    /** From 1, of the text file. */
    line: text.slice(0, start).split("\n").length,
    speech: commitment.speech,
    speechTitle: speech ? textIn(speech.title, locale) : commitment.speech,
    date: speech?.date.value ?? "",
    dateText: speech
      ? `${dayName(speech.date.value, locale)} · ${translate({ id: "speech.date", values: { of: speech.date.of, basis: speech.date.basis } })}`
      : "",
    dateReasons: speech?.date.reasons ?? [],
    speechSource: speech?.source.title ?? "",
    speaker,
    speakerOffice: speech ? textIn(speech.speaker.office, locale) : "",
    voice,
    modality,
    said: translate({ id: "item.said", values: { speaker, voice: voice.replaceAll("-", "_"), modality } }),
  };
}

/** The last letters; a character of two code units is not cut in half. */
function cutBefore(text: string): string {
  const letters = [...text];
  return letters.length > around ? `…${letters.slice(-around).join("")}` : text;
}

function cutAfter(text: string): string {
  const letters = [...text];
  return letters.length > around ? `${letters.slice(0, around).join("")}…` : text;
}
