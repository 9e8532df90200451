import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import power from "@/components/messages/en/power.json";
import ui from "@/components/messages/en/ui.json";
import vms from "@/components/messages/en/vms.json";
import type { VmState } from "@/lib/vms/machine";
import type { VmStanding } from "@/lib/vms/power/rules";
import type { VmDetail } from "@/lib/vms/schema";
import { VmActions } from "./vm-actions";

// What a button would send belongs to the server.
vi.mock("@/app/actions/vms", () => {
  const names = ["start", "stop", "restart", "pause", "resume", "reboot", "reset", "forceStop", "delete"];
  return Object.fromEntries(names.map((name) => [`${name}VmAction`, () => undefined]));
});

const standing: VmStanding = {
  operate: true,
  remove: true,
  console: true,
  inMaintenance: false,
  canReboot: true,
};

function render(status: VmState, over: Partial<VmStanding> = {}): string {
  const facts = { id: "vm-1", name: "web-01", status, activeOperation: null, isProtected: false };
  // The buttons look at nothing else of a machine.
  const vm = facts as unknown as VmDetail;
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ power, ui, vms }} timeZone="UTC">
      <VmActions vm={vm} abilities={{ ...standing, ...over }} />
    </NextIntlClientProvider>,
  );
}

/** Each button's words, those that are refused in brackets. */
function buttonsOf(page: string): string[] {
  const buttons = [...page.matchAll(/<(button|a)\b([^>]*)>(.*?)<\/\1>/g)];
  return buttons.map(([, , attributes = "", content = ""]) => {
    const words = content.replaceAll(/<[^>]*>/g, "");
    return attributes.includes('aria-disabled="true"') ? `(${words})` : words;
  });
}

test.for([
  ["RUNNING", ["Console", "Restart", "Stop", "More"]],
  ["STOPPED", ["(Console)", "Start", "More"]],
  ["STARTING", ["(Console)", "(Start)", "More"]],
  ["STOPPING", ["(Console)", "(Restart)", "(Stop)", "More"]],
  ["PAUSED", ["(Console)", "Resume", "Stop", "More"]],
] as const)("of a machine that is %s: %j", ([status, buttons]) => {
  expect(buttonsOf(render(status))).toEqual(buttons);
});

test("whoever may do nothing sees every button refused", () => {
  const page = render("RUNNING", { operate: false, remove: false, console: false });
  expect(buttonsOf(page)).toEqual(["(Console)", "(Restart)", "(Stop)", "More"]);
});

test("the console is reached by a link", () => {
  expect(render("RUNNING")).toContain('href="/vms/vm-1/console"');
});
