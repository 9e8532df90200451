import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyMachine, machineManifest, until } from "@/e2e/lab/kubevirt/lab-client";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { startHostileCluster, type HostileCluster } from "@/e2e/security/catalogue/hostile-cluster";
import { connectToCluster, type ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { readGuestAgent } from "./guest-facts";
import { readInstanceInterfaces } from "./guest-interfaces";
import { parseKubeconfig } from "./kubeconfig";
import { isNotServed, readPodUsage } from "./pod-metrics";
import { takeScreenshot } from "./screenshots";

const onNetwork = {
  domain: { devices: { interfaces: [{ name: "default", masquerade: {} }] } },
  template: { networks: [{ name: "default", pod: {} }] },
};
let lab: KubevirtLab;
let client: ClusterClient;
let hostile: HostileCluster;
let hostileClient: ClusterClient;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  client = connectToCluster(parseKubeconfig(lab.kubeconfig));
  hostile = await startHostileCluster();
  hostileClient = connectToCluster(parseKubeconfig(hostile.kubeconfig));
  for (const name of ["told", "quiet"]) await applyMachine(lab, machineManifest(name, onNetwork));
  await until("the agent", () =>
    ["told", "quiet"].every((name) =>
      lab.control
        .objects("vmi")
        .some((one) => one.metadata.name === name && JSON.stringify(one).includes("AgentConnected")),
    )
      ? true
      : undefined,
  );
}, 30_000);

afterAll(async () => {
  client.close();
  hostileClient.close();
  await Promise.all([lab.stop(), hostile.stop()]);
});

describe("over the wire to the lab", () => {
  test("an agent that answers tells its system, its users and its filesystems", async () => {
    lab.control.guestWords.say("default", "told", {
      users: [{ userName: "ann", domain: "CORP", loginTime: 1_790_000_000.5 }],
      filesystems: [
        {
          diskName: "vda1",
          mountPoint: "/",
          fileSystemType: "ext4",
          usedBytes: 9,
          totalBytes: 10,
          disk: [],
        },
      ],
    });
    const { word, facts } = await readGuestAgent(client, "default", "told");
    expect(word).toBe("connected");
    expect(facts).toMatchObject({
      agentVersion: "10.0.2",
      os: { id: "debian", name: "Debian GNU/Linux 13 (trixie)", kernel: "6.12.41-amd64" },
      users: [{ name: "ann", domain: "CORP", loginAt: new Date(1_790_000_000_500) }],
      filesystems: [{ disk: "vda1", mountPoint: "/", type: "ext4", usedBytes: 9, totalBytes: 10 }],
    });
  });

  test("the instance's status tells the interfaces with who said so", async () => {
    const found = await readInstanceInterfaces(client, "default", "told");
    expect(found?.interfaces[0]).toMatchObject({ name: "default", sources: ["domain", "guest-agent"] });
    expect(found?.interfaces[0]?.addresses[0]).toMatch(/^10\.244\./);
    expect(found?.interfaces[0]?.mac).toMatch(/^02:/);
    expect(await readInstanceInterfaces(client, "default", "nobody")).toBeNull();
  });

  test("without an agent and without a machine the words are told apart", async () => {
    // A paused guest's agent does not come back by itself.
    lab.control.edit("vmi", "default", "quiet", (object) => ({
      ...object,
      status: { ...object.status, conditions: [{ type: "Paused", status: "True" }] },
    }));
    expect(await readGuestAgent(client, "default", "quiet")).toEqual({ word: "absent", facts: null });
    expect(await readGuestAgent(client, "default", "nobody")).toEqual({ word: "stopped", facts: null });
    expect(await takeScreenshot(client, "default", "nobody")).toEqual({ word: "stopped" });
  });

  test("what the account may not ask is a refusal, and virt-api's absence an outage", async () => {
    lab.control.restrict(["virtualmachineinstances/guestosinfo", "virtualmachineinstances/vnc/screenshot"]);
    const restricted = connectToCluster(parseKubeconfig(lab.restrictedKubeconfig));
    await expect(readGuestAgent(restricted, "default", "told")).rejects.toMatchObject({ status: 403 });
    await expect(takeScreenshot(restricted, "default", "told")).rejects.toMatchObject({ status: 403 });
    restricted.close();
    lab.control.faults.set({ virtApiDown: true });
    await expect(readGuestAgent(client, "default", "told")).rejects.toMatchObject({ kind: "unavailable" });
    await expect(takeScreenshot(client, "default", "told")).rejects.toMatchObject({ kind: "unavailable" });
    lab.control.faults.clear();
  });

  test("the screen is a PNG, taken without moving the guest's pointer", async () => {
    const screenshot = await takeScreenshot(client, "default", "told");
    if (screenshot.word !== "taken") throw new Error(screenshot.word);
    expect(screenshot.png.subarray(1, 4).toString()).toBe("PNG");
  });

  test("the metrics API tells what the launcher pod takes; a cluster without one says so", async () => {
    const uid =
      lab.control.objects("vmi").find(({ metadata }) => metadata.name === "told")?.metadata.uid ?? "";
    const usage = await readPodUsage(client, "default", { name: "told", uid });
    expect(usage?.cpuCores).toBeGreaterThan(0);
    expect(usage?.memoryBytes).toBeGreaterThan(2 ** 20);
    expect(await readPodUsage(client, "default", { name: "told", uid: null })).not.toBeNull();
    expect(await readPodUsage(client, "default", { name: "nobody", uid: null })).toBeNull();
    lab.control.guestWords.hasMetricsApi = false;
    const failure = await readPodUsage(client, "default", { name: "told", uid }).catch(
      (error: unknown) => error,
    );
    expect(isNotServed(failure)).toBe(true);
    lab.control.guestWords.hasMetricsApi = true;
  });
});

const place = "/apis/subresources.kubevirt.io/v1/namespaces/default/virtualmachineinstances/m";
const instancePath = "/apis/kubevirt.io/v1/namespaces/default/virtualmachineinstances/m";

/** Answers that no KubeVirt gives; each is refused whole, or loses what does not fit. */
const hostileAnswers: [string, { guestosinfo: string; userlist?: string; filesystemlist?: string }][] = [
  ["no JSON", { guestosinfo: "<html>" }],
  ["nothing", { guestosinfo: "" }],
  ["null", { guestosinfo: "null" }],
  ["a list", { guestosinfo: "[]" }],
  ["a number", { guestosinfo: "7" }],
  ["a text", { guestosinfo: '"agent"' }],
  ["cut off", { guestosinfo: '{"guestAgentVersion":"1' }],
  ["larger than half a mebibyte", { guestosinfo: JSON.stringify({ hostname: "x".repeat(600_000) }) }],
  ["a system that is a text", { guestosinfo: '{"os":"linux"}' }],
  ["words that are numbers", { guestosinfo: '{"hostname":7,"timezone":{},"guestAgentVersion":[1]}' }],
  ["controls and a change of direction", { guestosinfo: '{"hostname":"a\\u0000b\\u001b[31m\\u202ec"}' }],
  ["a name of a mile", { guestosinfo: JSON.stringify({ hostname: "y".repeat(10_000) }) }],
  ["users that are no list", { guestosinfo: "{}", userlist: '{"items":{"a":1}}' }],
  [
    "users without a name",
    { guestosinfo: "{}", userlist: '{"items":[{"userName":""},{"userName":7},null]}' },
  ],
  [
    "a login at the end of time",
    { guestosinfo: "{}", userlist: '{"items":[{"userName":"a","loginTime":1e300}]}' },
  ],
  ["a hundred thousand users", { guestosinfo: "{}", userlist: manyUsers() }],
  ["filesystems that are a text", { guestosinfo: "{}", filesystemlist: '{"items":"all"}' }],
  ["a filesystem of minus one byte", { guestosinfo: "{}", filesystemlist: aFilesystem(-1, 10) }],
  ["more used than there is", { guestosinfo: "{}", filesystemlist: aFilesystem(99, 10) }],
  ["a filesystem of nothing", { guestosinfo: "{}", filesystemlist: aFilesystem(0, 0) }],
  ["a prototype", { guestosinfo: '{"__proto__":{"hostname":"evil"},"constructor":1}' }],
];

function manyUsers(): string {
  return JSON.stringify({ items: Array.from({ length: 8_000 }, (_, index) => ({ userName: `u${index}` })) });
}

function aFilesystem(usedBytes: number, totalBytes: number): string {
  return JSON.stringify({ items: [{ mountPoint: "/", usedBytes, totalBytes }] });
}

const isClean = /^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$/;

describe("hostile answers", () => {
  test.each(hostileAnswers)("%s", async (_, answers) => {
    for (const [question, text] of Object.entries({ userlist: "{}", filesystemlist: "{}", ...answers }))
      hostile.answers.set(`${place}/${question}`, text);
    const outcome = await readGuestAgent(hostileClient, "default", "m").catch((error: unknown) => error);
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(ClusterFailure);
      return;
    }
    const { facts } = outcome as Awaited<ReturnType<typeof readGuestAgent>>;
    expect(JSON.stringify(facts)).toMatch(isClean);
    expect((facts?.hostname ?? "").length).toBeLessThanOrEqual(253);
    expect(facts?.hostname).not.toBe("evil");
    expect(facts?.users?.length ?? 0).toBeLessThanOrEqual(100);
    for (const { usedBytes, totalBytes } of facts?.filesystems ?? []) {
      expect(usedBytes).toBeGreaterThanOrEqual(0);
      expect(usedBytes).toBeLessThanOrEqual(totalBytes);
    }
    for (const { loginAt } of facts?.users ?? []) expect(loginAt?.getTime()).not.toBeNaN();
  });

  test("an address that is none, a MAC that is none and a source of any words do not come in", async () => {
    const interfaces = [
      {
        name: "default\u0007",
        mac: "<script>",
        ipAddress: "not an address",
        ipAddresses: ["10.0.0.1", "10.0.0.1", "javascript:alert(1)", 7, "fe80::1%eth0"],
        infoSource: "guest-agent, <b>me</b>, domain",
      },
      "a text",
      null,
    ];
    hostile.answers.set(instancePath, JSON.stringify({ metadata: { uid: "u" }, status: { interfaces } }));
    const found = await readInstanceInterfaces(hostileClient, "default", "m");
    expect(found?.interfaces).toEqual([
      {
        name: "default",
        guestName: null,
        mac: null,
        addresses: ["10.0.0.1", "fe80::1%eth0"],
        sources: ["guest-agent", "domain"],
      },
    ]);
  });

  test("a picture without an end is cut off, and a name that leaves the path is never asked", async () => {
    hostile.answers.set(`${place}/vnc/screenshot`, Buffer.alloc(13 * 2 ** 20));
    await expect(takeScreenshot(hostileClient, "default", "m")).rejects.toMatchObject({
      reason: "AnswerTooLarge",
    });
    const asked = hostile.asked.length;
    for (const name of ["../m", "m/../../pods", "M", ""])
      await expect(readGuestAgent(hostileClient, "default", name)).rejects.toMatchObject({
        reason: "InvalidName",
      });
    expect(hostile.asked.length).toBe(asked);
  });
});
