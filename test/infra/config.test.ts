import { describe, expect, it } from "vitest";
import { readStageConfig } from "../../infra/config.ts";

const read = (answers: Record<string, unknown>) => () => readStageConfig((name) => answers[name]);

describe("a stage's answers", () => {
  it("are three: who sends, who is told of failures, and the first month", () => {
    const config = read({ sender: "briefing@office.example", alarms: "ops@office.example", firstPeriod: "2026-10" })();
    expect(config).toMatchObject({ stage: "prod", timeZone: "Asia/Shanghai", editions: "full,one-page", objectLockDays: 0 });
  });

  it("are all named when they are missing", () => {
    expect(read({})).toThrow(/-c sender=…: is missing\n {2}-c alarms=…: is missing\n {2}-c firstPeriod=…: is missing/);
  });

  it("are refused with the reason, each by its name", () => {
    const wrong = { sender: "nobody", alarms: "a@b.example", firstPeriod: "2026-13", timeZone: "Mars/Olympus", hour: "24", stage: "Prod!" };
    expect(read(wrong)).toThrow(/-c stage=…: write up to twelve small letters/);
    expect(read(wrong)).toThrow(/-c sender=…: write an e-mail address/);
    expect(read(wrong)).toThrow(/-c firstPeriod=…: write a month as YYYY-MM/);
    expect(read(wrong)).toThrow(/-c timeZone=…: write an IANA time zone/);
    expect(read(wrong)).toThrow(/-c hour=…/);
  });

  it("may be kept in the file under the stage's name, and the line goes before it", () => {
    expect(read({ stage: "sample" })().firstPeriod).toBe("2018-01");
    expect(read({ stage: "sample", firstPeriod: "2020-01" })().firstPeriod).toBe("2020-01");
  });
});
