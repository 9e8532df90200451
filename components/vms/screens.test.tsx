import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test, vi } from "vitest";
import errors from "@/components/messages/en/errors.json";
import modification from "@/components/messages/en/modification.json";
import requests from "@/components/messages/en/requests.json";
import systems from "@/components/messages/en/systems.json";
import ui from "@/components/messages/en/ui.json";
import vms from "@/components/messages/en/vms.json";
import type { ConfigurationRow } from "@/lib/requests/configuration/schema";
import type { DiskRow, InterfaceRow } from "@/lib/vms/hardware/schema";
import type { TopologyService } from "@/lib/vms/topology/schema";
import { TopologyList } from "../systems/topology-list";
import { ConfigurationTable } from "./configuration-table";
import { DiskTable } from "./disk-table";
import { FirstStart } from "./first-start";
import { HardwareAge } from "./hardware-age";
import { ManifestDifferences } from "./manifest-differences";
import { NetworkList } from "./network-list";
import { VmSkeleton } from "./vm-skeleton";
import { VmTabs } from "./vm-tabs";

vi.mock("@/app/actions/hardware", () => ({ refreshHardwareAction: vi.fn() }));

const now = new Date("2026-11-23T08:00:00Z");

/** A message that is missing or lacks a parameter fails the test. */
function render(screen: ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider
      locale="en"
      messages={{ vms, ui, errors, modification, requests, systems }}
      timeZone="UTC"
      now={now}
      onError={(error) => {
        throw error;
      }}
    >
      {screen}
    </NextIntlClientProvider>,
  );
}

const root: DiskRow = {
  ...{ name: "root", kind: "data_volume", device: "disk", bus: "virtio", bootOrder: 1, isReadOnly: false },
  ...{ isRoot: true, isHotplugged: false, image: null, target: "vda", sizeBytes: null, phase: null },
  ...{ message: null, snapshot: { isAble: true, reason: null } },
  claim: {
    ...{ name: "web-01-root", storageClass: "fast", requestedGb: 40, capacityGb: 20 },
    ...{ accessModes: ["ReadWriteMany"], volumeMode: "Block", isExpandable: true },
  },
};
const filesystems = [
  { disk: "/dev/vda1", mountPoint: "/", usedBytes: 8 * 2 ** 30, totalBytes: 20 * 2 ** 30 },
];
const free = { isPermitted: true, isFitting: true };
const disks = (over: Partial<DiskRow> = {}, growth = free) =>
  render(<DiskTable vmId="v1" disks={[{ ...root, ...over }]} filesystems={filesystems} growth={growth} />);

describe("disks", () => {
  test("one that grows says from what to what, how full it is, and where it can grow further", () => {
    const page = disks();
    expect(page).toContain("20 GiB");
    expect(page).toContain("growing to 40 GiB");
    expect(page).toContain("8 GiB of 20 GiB");
    expect(page).toContain("shared between nodes");
    expect(page).toContain('href="/vms/v1/modify#disk"');
    expect(page).toContain("web-01-root");
  });

  const refusals: [string, Partial<DiskRow>, typeof free][] = [
    ["without the role", {}, { ...free, isPermitted: false }],
    ["in a state that does not fit", {}, { ...free, isFitting: false }],
    [
      "of a class that cannot grow",
      { claim: { ...root.claim, isExpandable: false } as DiskRow["claim"] },
      free,
    ],
  ];
  test.for(refusals)("%s there is no way to a larger one, and the button says why", ([, over, growth]) => {
    const page = disks(over, growth);
    expect(page).not.toContain("/modify");
    expect(page).toContain("aria-disabled");
  });

  test("a name that its reader may not know is not drawn", () => {
    expect(disks({ claim: { ...root.claim, name: null } as DiskRow["claim"] })).not.toContain("web-01-root");
  });

  test("one that is being plugged in says so in the cluster's words", () => {
    expect(disks({ isHotplugged: true, phase: "Pending", message: "<b>PVC</b> not found" })).toContain(
      "Pending: &lt;b&gt;PVC&lt;/b&gt; not found",
    );
  });
});

const network: InterfaceRow = {
  ...{ name: "default", model: "virtio", binding: "masquerade", network: "pod", networkName: null },
  ...{ mac: "02:00:00:00:00:01", isFixedMac: false, addresses: ["10.0.0.7"], deviceName: "eth0" },
  ...{ source: "domain, guest-agent", linkState: "up" },
};

describe("network", () => {
  test("an address has its source and its age", () => {
    const page = render(<NetworkList interfaces={[network]} readAt={now} />);
    expect(page).toContain("10.0.0.7");
    expect(page).toContain("told by the cluster, the guest agent,");
    expect(page).toContain("The guest has a private address");
  });

  test("one that only the guest knows, one of a plug-in without words, and one without an address", () => {
    const own = { ...network, name: null, binding: null, deviceName: "docker0", source: "something-new" };
    const plug = { ...network, name: "plug", binding: "passt", addresses: [], mac: null, linkState: null };
    const page = render(<NetworkList interfaces={[own, plug]} readAt={null} />);
    expect(page).toContain("Inside the guest only");
    expect(page).toContain("something-new");
    expect(page).toContain("No address yet");
  });
});

const setting: ConfigurationRow = {
  ...{ path: "memoryGi", asked: 4, isAsked: true, approved: 8, live: 4, isRead: true, isDrifted: false },
  ...{ pending: null, effect: null },
};
const settings = (over: Partial<ConfigurationRow>) =>
  render(<ConfigurationTable rows={[{ ...setting, ...over }]} />);

describe("configuration", () => {
  test("what waits for a restart, what took effect, and what somebody changed have each their mark", () => {
    expect(settings({ effect: "needs_restart", isDrifted: true })).toContain("Needs a restart");
    expect(settings({ effect: "live" })).toContain("Took effect live");
    expect(settings({ isDrifted: true })).toContain("Changed elsewhere");
  });

  const onTheWay = [
    ["waiting", null, "Waiting for approval"],
    ["held", now, "Approved, starts"],
    ["running", null, "Being carried out"],
  ] as const;
  test.for(onTheWay)("a change that is %s leads to its request", ([state, heldUntil, words]) => {
    const page = settings({ pending: { value: 16, ticketId: "t1", state, heldUntil } });
    expect(page).toContain(words);
    expect(page).toContain('href="/requests/t1"');
  });

  test("what was done at the first start is there for those who may see it, and for nobody else", () => {
    const all = { rows: [], liveAt: null, restartRequired: false, revision: 1 };
    const seen = (cloudInit: string | null) =>
      render(<FirstStart configuration={{ ...all, cloudInit, seesCloudInit: true }} />);
    expect(seen("packages: [nginx]")).toContain("packages: [nginx]");
    expect(seen("")).toContain("None was given.");
    expect(seen(null)).toContain("It is a script");
    expect(render(<FirstStart configuration={{ ...all, cloudInit: "x", seesCloudInit: false }} />)).toBe("");
  });
});

describe("manifest", () => {
  test("one, several or no differences, and a machine that was not made here", () => {
    const row = { path: "spec.a", wanted: "1", live: null };
    expect(render(<ManifestDifferences differences={[row]} />)).toContain("1 difference from");
    expect(render(<ManifestDifferences differences={[row, { ...row, path: "spec.b" }]} />)).toContain(
      "2 differences",
    );
    expect(render(<ManifestDifferences differences={[]} />)).toContain("exactly what the portal would write");
    expect(render(<ManifestDifferences differences={null} />)).toContain("was not made here");
  });
});

test("pages without use for a person are no tabs of theirs", () => {
  const page = render(<VmTabs vmId="v1" current="disks" without={["yaml", "console"]} />);
  expect(page).toContain('href="/vms/v1/disks"');
  expect(page).toContain('aria-current="page"');
  expect(page).not.toContain("/vms/v1/yaml");
  expect(page).not.toContain("/vms/v1/console");
});

test.for(["overview", "table", "cards", "block"] as const)(
  "a page of the shape %s is announced while it loads",
  (shape) => {
    expect(render(<VmSkeleton shape={shape} />)).toContain('aria-busy="true"');
  },
);

test("what was read has its age, and what nobody read says so", () => {
  expect(render(<HardwareAge vmId="v1" readAt={now} isBehind={false} />)).toContain("As of");
  expect(render(<HardwareAge vmId="v1" readAt={null} isBehind />)).toContain("Not read yet");
});

describe("topology as a list", () => {
  const service: TopologyService = {
    id: "s1",
    name: "checkout",
    vms: [{ id: "v1", name: "web-01", status: "FAILED" }],
    moreVms: 120,
  };

  test("services, machines with their state in words, and the way to the others", () => {
    const page = render(<TopologyList services={[service, { ...service, id: "s2", vms: [], moreVms: 0 }]} />);
    expect(page).toContain('href="/vms/v1"');
    expect(page).toContain("Failed");
    expect(page).toContain("+120 more");
    expect(page).toContain("No virtual machines");
  });
});
