import { afterAll, beforeAll, expect, test } from "vitest";
import { textAt } from "../json";
import { callLab, until, watchLab } from "../lab-client";
import type { KubevirtLab } from "../server";
import { startKubevirtLab } from "../server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ withoutControllers: true });
});
afterAll(() => lab.stop());

const path = "/apis/kubevirt.io/v1/virtualmachines";

test("a thousand running machines are there at once, each with its instance", async () => {
  const begun = process.cpuUsage();
  const made = lab.control.load.add({
    count: 1000,
    namespace: "load",
    prefix: "vm",
    labels: { "example.org/host": "{name}" },
  });
  expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(1000);
  expect(made[7]).toMatchObject({ namespace: "load", name: "vm-7" });
  const list = await callLab(lab, "GET", `${path}?limit=10&labelSelector=example.org%2Fhost%3Dvm-7`);
  expect(list.body["items"]).toMatchObject([
    { metadata: { name: "vm-7", uid: made[7]?.uid }, status: { printableStatus: "Running", ready: true } },
  ]);
  const instance = await callLab(
    lab,
    "GET",
    "/apis/kubevirt.io/v1/namespaces/load/virtualmachineinstances/vm-7",
  );
  expect(instance.body).toMatchObject({
    metadata: { ownerReferences: [{ name: "vm-7", uid: made[7]?.uid }] },
    status: { phase: "Running", interfaces: [{ ipAddress: "10.64.0.7" }] },
  });
});

test("changes come at the rate that is asked for, and every one reaches a watch", async () => {
  const list = await callLab(lab, "GET", `${path}?limit=1`);
  const revision = textAt(list.body, "metadata", "resourceVersion") ?? "";
  const watch = await watchLab(lab, `${path}?watch=true&resourceVersion=${revision}`);
  lab.control.load.emit({ perSecond: 400, change: "toggle" });
  await until("two hundred changes", () => (watch.events.length >= 200 ? true : undefined));
  const done = lab.control.load.stop();
  await until("the last of them", () => (watch.events.length === done ? true : undefined));
  expect(watch.events[0]?.object).toMatchObject({
    metadata: { name: "vm-0" },
    status: { printableStatus: "Paused" },
  });
  watch.close();
  lab.control.load.change("load", "vm-0", "toggle");
  lab.control.load.change("load", "vm-0", "touch");
  const vm = await callLab(lab, "GET", "/apis/kubevirt.io/v1/namespaces/load/virtualmachines/vm-0");
  expect(vm.body).toMatchObject({ status: { printableStatus: "Running" } });
});

test("what was sent is counted", async () => {
  const before = lab.control.bytesSent();
  await callLab(lab, "GET", path);
  const whole = lab.control.bytesSent() - before;
  expect(whole).toBeGreaterThan(1_000_000);
  await callLab(lab, "GET", "/healthz");
  expect(lab.control.bytesSent() - before - whole).toBeLessThan(10_000);
});
