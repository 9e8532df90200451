import { afterEach, beforeEach, expect, test } from "vitest";
import { labControl } from "../control-client";
import { applyMachine, callLab, machineManifest, machinesPath, until } from "./lab-client";
import type { KubevirtLab } from "./server";
import { startKubevirtLab } from "./server";

let lab: KubevirtLab;
beforeEach(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterEach(() => lab.stop());

const halted = (name: string) => machineManifest(name, { spec: { runStrategy: "Halted" } });

test("a status is answered so many times, with Retry-After, on the paths that match", async () => {
  lab.control.faults.set({ status: 429, retryAfterSeconds: 2, path: "virtualmachines", times: 2 });
  const codes = [];
  for (let call = 0; call < 3; call += 1) codes.push((await callLab(lab, "GET", machinesPath)).code);
  expect(codes).toEqual([429, 429, 200]);
  expect((await callLab(lab, "GET", "/api/v1/nodes")).code).toBe(200);
});

test("a dropped answer is of a call that was done, and the ledger says so", async () => {
  lab.control.faults.set({ dropAnswer: true, method: "PATCH", times: 1 });
  await expect(applyMachine(lab, halted("lost"))).rejects.toThrow();
  expect((await callLab(lab, "GET", `${machinesPath}/lost`)).code).toBe(200);
  expect(lab.control.ledger()).toMatchObject([{ name: "lost", status: 201, effective: true }]);
});

test("a hanging call is never answered and not done", async () => {
  lab.control.faults.set({ hang: true, method: "PATCH" });
  const hanging = applyMachine(lab, halted("hung"));
  const outcome = await Promise.race([
    hanging.catch(() => "cut"),
    new Promise((resolve) => setTimeout(() => resolve("silent"), 150)),
  ]);
  expect(outcome).toBe("silent");
  expect(lab.control.objects("vm")).toEqual([]);
  await lab.stop();
  await hanging.catch(() => undefined);
});

test("a refused connection comes back at the same address", async () => {
  lab.control.faults.set({ refuse: 200 });
  await until("refusal", () => undefined, 60).catch(() => undefined);
  await expect(callLab(lab, "GET", "/version")).rejects.toThrow("ECONNREFUSED");
  await until("the lab to listen again", () => undefined, 400).catch(() => undefined);
  expect((await callLab(lab, "GET", "/version")).code).toBe(200);
});

test("latency delays the answer", async () => {
  lab.control.faults.set({ latencyMs: 120, times: 1 });
  const before = performance.now();
  await callLab(lab, "GET", "/version");
  expect(performance.now() - before).toBeGreaterThan(110);
});

test("the controls work from another process", async () => {
  const remote = labControl(lab);
  await remote.setFaults({ status: 500, path: "virtualmachines", times: 1 });
  expect((await callLab(lab, "GET", machinesPath)).code).toBe(500);
  await remote.clearFaults();
  await callLab(lab, "GET", machinesPath);
  expect((await remote.requests())["list virtualmachines"]).toBe(1);
  await remote.put(halted("remote"));
  await applyMachine(lab, halted("remote"), "fieldManager=x&force=true");
  expect(await remote.ledger()).toMatchObject([
    { method: "PATCH", kind: "virtualmachines", user: "system:serviceaccount:shepherd-system:shepherd" },
  ]);
  await remote.clearLedger();
  expect(await remote.ledger()).toEqual([]);
  await expect(remote.setFaults(JSON.parse('{"nonsense":1}'))).rejects.toThrow("is no fault");
  await expect(labControl({ ...lab, token: "wrong" }).ledger()).rejects.toThrow("401");
});

test("a restored cluster counts from a lower revision", async () => {
  const before = Number(
    (await callLab(lab, "GET", machinesPath)).body["metadata"]
      ? lab.control.objects("node")[0]?.metadata.resourceVersion
      : 0,
  );
  lab.control.faults.set({ rvBackwards: 900 });
  const list = await callLab(lab, "GET", `${machinesPath}?resourceVersion=${before + 900}`);
  expect(list.code).toBe(504);
});
