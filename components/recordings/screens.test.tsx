import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test, vi } from "vitest";
import recordingsEn from "@/components/messages/en/recordings.json";
import uiEn from "@/components/messages/en/ui.json";
import errorsEn from "@/components/messages/en/errors.json";
import recordingsZh from "@/components/messages/zh-CN/recordings.json";
import uiZh from "@/components/messages/zh-CN/ui.json";
import errorsZh from "@/components/messages/zh-CN/errors.json";
import { brokenReasons, recordingModes, recordingStatuses } from "@/lib/console/recordings/rules";
import type { RecordingRow } from "@/lib/console/recordings/schema";
import { EditRecording, RecordingWords } from "./environment-recording";
import { RecordingBanner } from "./recording-banner";
import { RecordingCondition } from "./recording-condition";
import { RecordingFacts } from "./recording-facts";
import { RecordingNotice } from "./recording-notice";
import { RecordingTable } from "./recording-table";
import { RecordingPlayer } from "./replay/recording-player";

vi.mock("@/app/actions/recordings", () => ({
  openRecordingAction: vi.fn(),
  exportRecordingAction: vi.fn(),
  setEnvironmentRecordingAction: vi.fn(),
}));

const messages = {
  en: { recordings: recordingsEn, ui: uiEn, errors: errorsEn },
  "zh-CN": { recordings: recordingsZh, ui: uiZh, errors: errorsZh },
};
const locales = ["en", "zh-CN"] as const;

/** As a reader of this language sees it; a message that is missing or fails is an error. */
function show(locale: (typeof locales)[number], screen: ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={messages[locale]}
      timeZone="UTC"
      now={new Date("2026-11-24T08:00:00Z")}
      onError={(error) => {
        throw error;
      }}
    >
      {screen}
    </NextIntlClientProvider>,
  );
}

const recording: RecordingRow = {
  ...{ id: "r", jti: "j", vmId: "v", vmName: "shop-01", vmExists: true, systemId: "s", environment: "prod" },
  ...{ userId: "u", userName: "Ada", consoleType: "vnc", status: "complete", brokenReason: null },
  startedAt: new Date("2026-11-23T08:00:00Z"),
  endedAt: new Date("2026-11-23T08:04:07Z"),
  ...{
    durationMs: 247_000,
    bytes: 5_242_880,
    chunkCount: 9,
    gapCount: 0,
    lostBytes: 0,
    chainHead: "ab".repeat(32),
  },
  isPlayable: true,
  retainUntil: new Date("2026-12-23T08:00:00Z"),
  purgedAt: null,
};

describe.each(locales)("in %s", (locale) => {
  test("a list names machine, person and length of every state", () => {
    const rows = recordingStatuses.map((status) => ({ ...recording, id: status, status }));
    const markup = show(locale, <RecordingTable recordings={rows} />);
    expect(markup).toContain("4:07");
    expect(markup).toContain('href="/recordings/complete"');
    for (const status of recordingStatuses)
      expect(markup).toContain(messages[locale].recordings.status[status]);
  });

  test("a recording says what it holds and what it does not", () => {
    const facts = show(locale, <RecordingFacts recording={recording} />);
    expect(facts).toContain(messages[locale].recordings.facts.holdsScreen);
    expect(facts).toContain('href="/vms/v"');
    const gone = show(locale, <RecordingFacts recording={{ ...recording, vmExists: false }} />);
    expect(gone).not.toContain('href="/vms/v"');
    const serial = show(locale, <RecordingFacts recording={{ ...recording, consoleType: "serial" }} />);
    expect(serial).toContain(messages[locale].recordings.facts.holdsText);
  });

  test("what is wrong with one is told, and nothing where nothing is", () => {
    expect(show(locale, <RecordingCondition recording={recording} />)).toBe("");
    for (const brokenReason of brokenReasons) {
      const markup = show(
        locale,
        <RecordingCondition recording={{ ...recording, status: "broken", brokenReason }} />,
      );
      expect(markup).toContain(messages[locale].recordings.condition.reason[brokenReason]);
    }
    const spoiled = { ...recording, status: "recording" as const, gapCount: 2, isPlayable: false };
    expect(show(locale, <RecordingCondition recording={spoiled} />)).toContain("2");
  });

  test("an environment's rule can be read and changed", () => {
    for (const mode of recordingModes)
      expect(show(locale, <RecordingWords rule={{ mode, retentionDays: 3 }} />)).toContain(
        messages[locale].recordings.environment.mode[mode],
      );
    expect(
      show(locale, <EditRecording environment={{ name: "prod", displayName: "Production" }} />),
    ).toContain(messages[locale].recordings.environment.edit);
  });

  test("people are told before and while they are recorded", () => {
    expect(show(locale, <RecordingNotice retentionDays={30} />)).toContain("30");
    const banner = show(locale, <RecordingBanner />);
    expect(banner).toContain('role="status"');
    expect(banner).toContain(messages[locale].recordings.told.now);
  });

  test("a replay begins closed, because to open it is recorded", () => {
    const markup = show(locale, <RecordingPlayer recording={recording} />);
    expect(markup).toContain(messages[locale].recordings.replay.openHint);
    expect(markup).not.toContain('type="range"');
  });
});
