import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { connectToCluster, type ClusterClient } from "./client";
import { parseKubeconfig } from "./kubeconfig";
import { createNamespace } from "./namespaces";
import { startReflector, type ReflectorOptions, type ReflectorState } from "./reflector";
import { virtualMachineSchema } from "./types";
import { applyVirtualMachine, listVirtualMachines } from "./virtual-machines";

const path = "/apis/kubevirt.io/v1/virtualmachines";

let lab: KubevirtLab;
let client: ClusterClient;
let following: Following[] = [];

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  client = connectToCluster(parseKubeconfig(lab.kubeconfig));
  await createNamespace(client, { name: "team-a" });
  for (let index = 0; index < 25; index += 1) await createVm(`base-${index}`);
});

beforeEach(() => lab.control.clearLedger());

afterEach(async () => {
  lab.control.faults.clear();
  for (const one of following) await one.stop();
  following = [];
});

afterAll(async () => {
  client.close();
  await lab.stop();
});

test("the complete list comes in pages, then every change, and nothing is polled", async () => {
  const mirror = follow({ pageSize: 10 });
  await until(() => mirror.state?.connected === true);
  expect(mirror.replaces).toBe(1);
  await createVm("seen");
  await until(() => mirror.objects.has("team-a/seen"));
  lab.control.remove("VirtualMachine", "team-a", "seen");
  await until(() => !mirror.objects.has("team-a/seen"));
  await expectEqual(mirror);
  const requests = lab.control.requests();
  expect(requests["list virtualmachines"]).toBeLessThanOrEqual(5);
  expect(requests["watch virtualmachines"]).toBe(1);
});

test("a known version resumes without a list", async () => {
  const { resourceVersion } = await listVirtualMachines(client, { limit: 1 });
  await createVm("between");
  lab.control.clearLedger();
  const mirror = follow({ resume: { resourceVersion } });
  await until(() => mirror.objects.has("team-a/between"));
  expect(mirror.replaces).toBe(0);
  expect(lab.control.requests()["list virtualmachines"]).toBeUndefined();
});

test("a closed watch resumes where it was, without a list", async () => {
  const mirror = follow();
  await until(() => mirror.state?.connected === true);
  lab.control.dropWatches();
  await until(() => mirror.state?.connected === false);
  expect(mirror.state?.error?.kind).toBe("unavailable");
  await createVm("while-away");
  await until(() => mirror.objects.has("team-a/while-away"));
  expect(mirror.replaces).toBe(1);
  expect(mirror.state?.connected).toBe(true);
});

test("an expired version is followed by a complete list, and what vanished meanwhile is gone", async () => {
  await createVm("vanishes");
  const mirror = follow();
  await until(() => mirror.objects.has("team-a/vanishes"));
  await mirror.stop();
  lab.control.remove("VirtualMachine", "team-a", "vanishes");
  await until(async () => !(await names()).includes("team-a/vanishes"));
  lab.control.compact();
  const again = follow({ resume: { resourceVersion: "2" } });
  await until(() => again.replaces === 1 && again.state?.connected === true);
  expect(again.objects.has("team-a/vanishes")).toBe(false);
  await expectEqual(again);
});

test("a 410 in the middle of a watch is followed by a complete list", async () => {
  const mirror = follow();
  await until(() => mirror.state?.connected === true);
  lab.control.faults.set({ watch410: true, times: 1 });
  await until(() => mirror.replaces === 2 && mirror.state?.connected === true);
  await expectEqual(mirror);
});

test("a line that does not parse is followed by a complete list", async () => {
  const mirror = follow();
  await until(() => mirror.state?.connected === true);
  lab.control.faults.set({ corruptLine: true, times: 1 });
  await createVm("corrupt");
  await until(() => mirror.replaces === 2 && mirror.objects.has("team-a/corrupt"));
});

test("versions that go backwards are followed by a complete list", async () => {
  const mirror = follow();
  await until(() => mirror.state?.connected === true);
  lab.control.faults.set({ rvBackwards: 20 });
  await createVm("after-restore");
  await until(() => mirror.replaces >= 2 && mirror.objects.has("team-a/after-restore"));
  await until(() => mirror.state?.connected === true);
  await expectEqual(mirror);
});

test("silence past the limit is a lost connection", async () => {
  const mirror = follow({ idleTimeoutMs: 400 });
  await until(() => mirror.state?.connected === true);
  lab.control.faults.set({ watchHalfOpen: true });
  await createVm("unheard");
  await until(() => mirror.state?.connected === false);
  expect(mirror.state?.error?.message).toContain("silent");
  lab.control.faults.clear();
  await until(() => mirror.objects.has("team-a/unheard"));
});

test("a failing page is asked for again, without starting the list over", async () => {
  expect((await names()).length).toBeGreaterThan(20);
  lab.control.faults.set(
    { status: 500, times: 1, path: "virtualmachines\\?limit=10$" },
    { status: 503, times: 2, path: "continue=" },
    { status: 500, times: 1, path: "watch=true" },
  );
  const mirror = follow({ pageSize: 10 });
  await until(() => mirror.state?.connected === true);
  expect(mirror.replaces).toBe(1);
  expect(mirror.states.length).toBeGreaterThan(1);
  await expectEqual(mirror);
  expect(lab.control.faults.current()).toEqual([]);
});

test("Retry-After is waited for", async () => {
  lab.control.faults.set({ status: 429, retryAfterSeconds: 2, times: 1 });
  const startedAt = Date.now();
  const mirror = follow();
  await until(() => mirror.state?.connected === true);
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(2_000);
});

test("a consumer that fails gets the same change again", async () => {
  let failures = 1;
  const mirror = follow({ failOnChange: () => failures-- > 0 });
  await until(() => mirror.state?.connected === true);
  await createVm("twice");
  await until(() => mirror.objects.has("team-a/twice"));
  expect(mirror.heard.filter((change) => change === "ADDED team-a/twice")).toHaveLength(2);
  expect(mirror.replaces).toBe(1);
});

test("the safety net compares the whole list again, while connected", async () => {
  const mirror = follow({ resyncMs: 1_000 });
  await until(() => mirror.replaces === 2);
  expect(mirror.states.every((state) => state.connected)).toBe(true);
});

test("stopping ends everything at once", async () => {
  const mirror = follow();
  await until(() => mirror.state?.connected === true);
  const startedAt = Date.now();
  await mirror.stop();
  expect(Date.now() - startedAt).toBeLessThan(500);
  const before = mirror.objects.size;
  await createVm("too-late");
  expect(mirror.objects.size).toBe(before);
});

interface Following {
  objects: Map<string, string>;
  /** Every change offered, taken or not. */
  heard: string[];
  replaces: number;
  state: ReflectorState | undefined;
  states: ReflectorState[];
  stop: () => Promise<void>;
}

type Changes = Partial<Pick<ReflectorOptions<string>, "pageSize" | "resume" | "idleTimeoutMs" | "resyncMs">>;

function follow({ failOnChange, ...changes }: Changes & { failOnChange?: () => boolean } = {}): Following {
  const controller = new AbortController();
  const mirror: Following = {
    objects: new Map(),
    heard: [],
    replaces: 0,
    state: undefined,
    states: [],
    stop: async () => {
      controller.abort();
      await done;
    },
  };
  const { done } = startReflector<string>({
    client,
    path,
    project: (object) => virtualMachineSchema.safeParse(object).data?.metadata.resourceVersion ?? "",
    onPage: async (items) => {
      for (const { key, value } of items) mirror.objects.set(key, value);
    },
    onReplace: async (keys) => {
      mirror.objects = new Map(keys.map((key) => [key, mirror.objects.get(key) ?? ""]));
      mirror.replaces += 1;
    },
    onChange: async (batch) => {
      mirror.heard.push(...batch.map(({ type, key }) => `${type} ${key}`));
      if (batch.length > 0 && failOnChange?.()) throw new Error("database is away");
      for (const { type, key, value } of batch) {
        if (type === "DELETED") mirror.objects.delete(key);
        else mirror.objects.set(key, value);
      }
    },
    onState: (state) => {
      mirror.state = state;
      mirror.states.push(state);
    },
    signal: controller.signal,
    ...changes,
  });
  following.push(mirror);
  return mirror;
}

async function expectEqual(mirror: Following) {
  await until(async () => {
    const actual = await names();
    return actual.length === mirror.objects.size && actual.every((name) => mirror.objects.has(name));
  });
}

async function names(): Promise<string[]> {
  const { items } = await listVirtualMachines(client);
  return items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}

function createVm(name: string) {
  return applyVirtualMachine(client, {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace: "team-a" },
    spec: {
      runStrategy: "Halted",
      template: { spec: { domain: { devices: {}, memory: { guest: "1Gi" } } } },
    },
  });
}

async function until(isTrue: () => boolean | Promise<boolean>) {
  while (!(await isTrue())) await sleep(10);
}
