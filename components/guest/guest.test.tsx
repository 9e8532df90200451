import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test, vi } from "vitest";
import en from "@/components/messages/en/guest.json";
import uiEn from "@/components/messages/en/ui.json";
import zh from "@/components/messages/zh-CN/guest.json";
import uiZh from "@/components/messages/zh-CN/ui.json";
import { guestStates, type GuestView } from "@/lib/vms/guest/schema";
import { metricNames, metricRanges, metricStates, type MetricsView } from "@/lib/vms/metrics/schema";
import type { ScreenStanding } from "@/lib/vms/thumbnail/schema";
import { GuestCard } from "./guest-card";
import { MetricsCard } from "./metrics-card";
import { MetricsPage } from "./metrics-page";
import { Sparkline } from "./sparkline";
import { VmThumbnail } from "./vm-thumbnail";

// The charts come after the page, by themselves.
vi.mock("next/dynamic", () => ({ default: () => () => null }));
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));

const now = new Date("2026-11-23T08:00:00Z");
const languages = [
  ["en", { guest: en, ui: uiEn }],
  ["zh-CN", { guest: zh, ui: uiZh }],
] as const;

/** A message that is missing or lacks a parameter fails the test. */
function render(screen: ReactNode, [locale, messages]: (typeof languages)[number] = languages[0]): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider
      {...{ locale, messages, now }}
      timeZone="UTC"
      onError={(error) => {
        throw error;
      }}
    >
      {screen}
    </NextIntlClientProvider>,
  );
}

const guest: GuestView = {
  ...{ vmId: "v1", state: "connected", message: null, osFamily: "linux", isRunning: true },
  ...{ factsAt: now, observedAt: now },
  facts: {
    ...{ agentVersion: "10.0.2", hostname: "web-01", timezone: "UTC, 0" },
    os: { id: "debian", name: "Debian 13", version: "13", kernel: "6.12", machine: "x86_64" },
    users: [{ name: "ann", domain: "CORP", loginAt: now }],
    filesystems: [
      { disk: "vda1", mountPoint: "/", type: "ext4", usedBytes: 5 * 2 ** 30, totalBytes: 10 * 2 ** 30 },
      { disk: "vdb1", mountPoint: "/data", type: "xfs", usedBytes: 96, totalBytes: 100 },
    ],
    interfaces: [
      { name: "default", guestName: "eth0", mac: null, addresses: ["10.0.0.7"], sources: ["guest-agent"] },
    ],
  },
};

describe("the guest", () => {
  test("tells its system, who is signed in, its addresses and how full it is, the fullest first", () => {
    const card = render(<GuestCard guest={guest} />);
    for (const word of ["Debian 13 · x86_64", "web-01", "CORP\\ann", "10.0.0.7", "Agent 10.0.2"])
      expect(card).toContain(word);
    expect(card).toContain("5 GiB of 10 GiB (50%)");
    expect(card).toContain("Nearly full: 96 B of 100 B (96%)");
    expect(card.indexOf("/data")).toBeLessThan(card.indexOf("5 GiB"));
  });

  test("what a guest calls itself is text and never markup", () => {
    const evil = "<img src=x onerror=alert(1)>";
    const facts = { ...guest.facts, hostname: evil, users: [{ name: evil, domain: null, loginAt: null }] };
    expect(render(<GuestCard guest={{ ...guest, facts } as GuestView} />)).not.toContain("<img");
  });

  test.each([
    ["linux", "apt-get install"],
    ["windows", "qemu-ga-x86_64.msi"],
    [null, "dnf install"],
  ])("without an agent a %s guest is told how it gets one", (osFamily, command) => {
    expect(render(<GuestCard guest={{ ...guest, state: "absent", osFamily }} />)).toContain(command);
  });

  test.each(languages)("every state has its words in %s", (...language) => {
    for (const state of [...guestStates, null])
      for (const isRunning of [true, false])
        for (const facts of [guest.facts, null])
          expect(render(<GuestCard guest={{ ...guest, state, isRunning, facts }} />, language)).not.toBe("");
  });
});

const points = Array.from({ length: 5 }, (_, index): [number, number] => [1_000 + index * 30, index]);
const metrics: MetricsView = {
  ...{ vmId: "v1", range: "1h", state: "measured", source: "prometheus", message: null, observedAt: now },
  ...{ cpuCores: 8, memoryBytes: 2 ** 33, isRunning: true, clusterId: null },
  series: metricNames.map((name) => ({ name, points })),
};

describe("measurements", () => {
  test("are lines with their last value, and words for whoever does not see them", () => {
    const card = render(<MetricsCard metrics={metrics} />);
    expect(card).toContain("CPU: 50% now, 50% at most");
    expect(card).toContain("4 B/s");
    expect(card.match(/<svg/g)?.length).toBeGreaterThanOrEqual(6);
  });

  test("whose cluster keeps no past are bars of the present", () => {
    const present = metrics.series.slice(0, 2).map((one) => ({ ...one, points: points.slice(-1) }));
    const page = render(<MetricsPage metrics={{ ...metrics, source: "metrics_api", series: present }} />);
    expect(page).toContain("Only the present is known");
    expect(page).toContain("50% of 8 cores");
  });

  test("that nobody makes lead an administrator, and nobody else, to where a source is named", () => {
    const none = { ...metrics, state: "none" as const, source: null, series: [] };
    expect(render(<MetricsCard metrics={none} />)).not.toContain("/admin");
    expect(render(<MetricsCard metrics={{ ...none, clusterId: "c1" }} />)).toContain(
      'href="/admin/clusters/c1?tab=connection"',
    );
  });

  test.each(languages)("have words for every state and range in %s", (...language) => {
    for (const state of [...metricStates, null])
      for (const range of metricRanges)
        for (const source of ["prometheus", "metrics_api", null] as const) {
          const view = { ...metrics, state, range, source };
          expect(render(<MetricsPage metrics={view} />, language)).toContain(`range=${range}`);
          expect(render(<MetricsCard metrics={view} />, language)).not.toBe("");
        }
  });

  test("a line is broken where nothing was measured", () => {
    const gap: [number, number][] = [...points, [9_000, 1], [9_030, 2]];
    const count = (list: [number, number][]) =>
      render(<Sparkline points={list} label="x" />).match(/M/g)?.length ?? 0;
    expect(count(points)).toBe(1);
    expect(count(gap)).toBe(2);
  });
});

describe("the screen", () => {
  const kinds: ScreenStanding["kind"][] = [
    "open",
    "needs_step_up",
    "needs_grant",
    "no_permission",
    "no_screen",
  ];
  test.each(languages)("every standing is drawn in a box of one size in %s", (...language) => {
    for (const kind of kinds)
      for (const status of ["RUNNING", "PAUSED", "STOPPED"]) {
        const box = render(
          <VmThumbnail vmId="v1" vmName="web" status={status} standing={{ kind }} />,
          language,
        );
        expect(box).toContain("aspect-[16/10]");
        expect(box.includes('href="/vms/v1/console"')).toBe(kind !== "no_permission");
      }
  });
});
